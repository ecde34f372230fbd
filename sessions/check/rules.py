"""Warn of style: what is no error, and still may not do a listener good. Pure.

To add a warning: write a function from a `Reading` to places with words, and give it a row in
`RULES` and a line in docs/script-format.md. The grounds are those of the catalogue: rest cannot be
forced; predictability is what makes safe.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sessions.check.balance import (
    FARTHEST_LU,
    LEAST_UNDER_WORDS_LU,
    covered_words,
    unbalanced,
)
from sessions.check.letters import damaged, other_alphabets
from sessions.check.marks import for_the_maker, spoken_marks
from sessions.check.spoken import held, unspoken
from sessions.check.style import (
    ANNOUNCED_WITHIN,
    LONG_SILENCE_SECONDS,
    MOST_WORDS,
    ORDER,
    SILENCE_SHARE,
    WORDS_PER_MINUTE,
    bell_at_night,
    claims,
    closed_eyes,
    crowded,
    cut_off,
    fast,
    long_sentences,
    order,
    silence,
    unannounced,
    unused,
    varying_breath,
)
from sessions.check.tongues import other_tongues
from sessions.mix.levels import MOST_MOVE_DB
from sessions.script.phrases.breathing import LONGEST_HOLD_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sessions.check.reading import Finding, Reading
    from sessions.errors import Problem


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table.

    One that judges the `whole` is not asked of a script of which some could not be read.
    """

    code: str
    name: str
    explanation: str
    find: Callable[[Reading], Iterable[Finding]]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning with its rule and its place."""

    rule: Rule
    problem: Problem


def lint(reading: Reading, *, whole: bool = True) -> list[Warned]:
    """Return the warnings of a script, by place, but for those that it allows.

    `whole` is whether all of it could be read.
    """
    found = [
        Warned(
            rule,
            reading.script.problem(
                source,
                words,
                "; ".join((*remedy, f"`sessions check --explain {rule.code}` says more")),
            ),
        )
        for rule in RULES
        if rule.code not in reading.draft.meta.allow and (whole or not rule.whole)
        for source, words, *remedy in rule.find(reading)
    ]
    return sorted(found, key=lambda one: (one.problem.source, one.rule.code))


RULES: Final = (
    Rule(
        "W01",
        "long sentence",
        f"A sentence of more than {MOST_WORDS} words is hard to follow with the eyes closed: "
        "whoever drifts off halfway has lost it. About 12 words is pleasant. Cut it in two.",
        long_sentences,
    ),
    Rule(
        "W02",
        "unannounced silence",
        f"A silence of more than {LONG_SILENCE_SECONDS:g} s that nothing announces makes a "
        "listener wonder whether the session has stopped, and wondering is waking up. Say in "
        f"one of the {ANNOUNCED_WITHIN} lines before it that it will be quiet for a "
        "while, or give time.",
        unannounced,
        whole=True,
    ),
    Rule(
        "W03",
        "varying breath",
        "A breath cycle that changes has to be watched; one that stays the same can be leant "
        "on. Use the same figures throughout, or allow this where the change is the exercise.",
        varying_breath,
    ),
    Rule(
        "W04",
        "relaxing before discharging",
        f"The order is: {', '.join(ORDER)}. Letting go before what "
        "is pent up is out often backfires. In a journey, include scripts in the order of "
        "their `phase`.",
        order,
        whole=True,
    ),
    Rule(
        "W05",
        "medical claim",
        "A session promises no healing and makes no diagnosis; it does not replace care, and "
        "in many countries such a promise is against the law. Say what is done, not what it "
        "cures.",
        claims,
    ),
    Rule(
        "W06",
        "closed eyes on a walk",
        "Whoever listens while walking needs their eyes.",
        closed_eyes,
    ),
    Rule(
        "W07",
        "bell at night",
        "A bell has a sharp beginning and wakes whoever has just fallen asleep. Leave it out, "
        "or let the voice say it.",
        bell_at_night,
    ),
    Rule(
        "W08",
        "fast speech",
        f"More than {WORDS_PER_MINUTE:g} words a minute over a minute and longer, pauses "
        "counted in, is the rate of a newsreader. Add pauses, or take a slower pace. Estimated "
        "from the text, at the pace and length that the script has.",
        fast,
        whole=True,
    ),
    Rule(
        "W09",
        "share of silence",
        f"With less than {SILENCE_SHARE[0]:.0%} of silence there is no room to feel anything; "
        f"with more than {SILENCE_SHARE[1]:.0%} the voice comes as a surprise. Estimated from the "
        "text, at the pace and length that the script has, for sessions from two minutes on.",
        silence,
        whole=True,
    ),
    Rule(
        "W10",
        "unused value",
        "A value that is named under `values:` and used nowhere is most often a slip of the "
        "pen in one of the two places.",
        unused,
        whole=True,
    ),
    Rule(
        "W11",
        "too little time",
        "By an estimate from the text, the words last longer than the time they have: in a slot, "
        "before an `[until]`, or with the `minutes` that the front matter asks for. Rendering "
        "tells exactly, for it depends on the voice. Give more time, or say less.",
        crowded,
        whole=True,
    ),
    Rule(
        "W12",
        "spoken as it stands",
        "A pause or a bell between emphasis marks, dashes or round brackets that cannot be read "
        "as one, or alone on a line, and a brace or square bracket without its other half, are "
        "said by the voice. Write pauses as `[pause 5s]`, bells as `[bell]` and values as "
        "`{name}`; where the mark is meant, put a `\\` before it.",
        spoken_marks,
    ),
    Rule(
        "W13",
        "bed out of balance",
        "The voice leads: a bed lies 12 LU under it at `bedtime`, 16 at `podcast` or a number, and "
        f"moves by {MOST_MOVE_DB:g} dB at the most. Nearer, words are hard to hear; farther than "
        f"{FARTHEST_LU:g} LU they come out of nothing; and what comes and goes is listened to. "
        "Two beds at their usual level are 3 dB more than one. What a script asks for is done. "
        "Where words are lost in a bed, W14 tells it instead.",
        unbalanced,
        whole=True,
    ),
    Rule(
        "W14",
        "words lost in the bed",
        f"A bed should lie {LEAST_UNDER_WORDS_LU:g} LU under a line at the least, at the level at "
        "which that line is spoken: a soft one is 2.5 LU softer than others, a whispered one 6. "
        "Counted are the layers of the bed and its level, `[level]`, the room that the bed makes, "
        "and what `deepen` takes. Make the bed softer, or say the line aloud.",
        covered_words,
        whole=True,
    ),
    Rule(
        "W15",
        "sound cut off",
        "A bell rings for 9 s, a recording as long as it is heard, but no longer than the session. "
        "Cut off, it sounds like a mistake, and wakes. Write a pause after it, or let the session "
        "fade out for longer. Estimated from the text.",
        cut_off,
        whole=True,
    ),
    Rule(
        "W16",
        "text read wrongly",
        "`KnieÃ«n` was `Knieën`: text in UTF-8 that a program took for something older, most often "
        "on its way through a spreadsheet or an e-mail. A voice says it sign by sign. Where it can "
        "be told what was there, the help says so; else copy the text anew from where it is right.",
        damaged,
    ),
    Rule(
        "W17",
        "other alphabet",
        "Voices say Dutch and English, in Latin letters; others are skipped, or spelled by their "
        "names. A letter that only looks Latin comes from copying, too. Write how it sounds, as in "
        "`[say as: Ἀγάπη | agápè]`, or leave it out.",
        other_alphabets,
    ),
    Rule(
        "W18",
        "other language",
        "A voice reads text in another language by the rules of Dutch or English, and nobody "
        "understands it. Names, quotations of a few words and mantras are no matter. The language "
        "is guessed, from sentences of five words on; where the text is meant, allow this.",
        other_tongues,
        whole=True,
    ),
    Rule(
        "W19",
        "for the maker",
        "Headers, times, stage directions, speakers' names, placeholders and notes for the studio "
        "are for whoever makes the recording; a voice says them to the listener. Leave them out, "
        "or put them into a comment, `<!-- like this -->`. Where they are meant to be heard, allow "
        "this.",
        for_the_maker,
    ),
    Rule(
        "W20",
        "breath held long",
        f"Between 'hold' and the next words lie more than {LONGEST_HOLD_SECONDS:g} s. Who follows "
        "holds on until the voice comes back, and a long hold makes dizzy and afraid. Counted "
        "numbers belong to the hold; of an elastic pause the longest counts. Let the sound lead: "
        "`[breathe in 4 hold 7 out 8]`.",
        held,
    ),
    Rule(
        "W21",
        "words left out",
        "These words are neither spoken nor the title of anything: they stand in a block of code, "
        "in a footnote, in the title of a link, or in a tag that asks for nothing here. What "
        "nobody should hear stands in a comment: `<!-- like this -->`.",
        unspoken,
    ),
)
"""Every style warning there is."""
