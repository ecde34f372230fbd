"""Know what people call what they mark in a script: one row of words for each language.

To teach it a word, put it into its row; what reads them stands in `sessions.script.phrases.marks`.
"""

from __future__ import annotations

from collections import ChainMap
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from sessions.script.model import Language

if TYPE_CHECKING:
    from collections.abc import Mapping


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _table(rows: Mapping[float, str]) -> dict[str, float]:
    return {word: seconds for seconds, words in rows.items() for word in words.split()}


def _manners(soft: str, whisper: str, slow: str) -> dict[str, str]:
    rows = {"soft": soft, "whisper": whisper, "slow": slow}
    return {word: manner for manner, words in rows.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a language that marks are made of.

    Attributes
    ----------
    pauses, bells, ends, music, deliveries
        What is named. `plain` are those that nobody says without meaning the thing.
    sizes, vague, measures
        Seconds of a size, of what has no figure, and of one breath or beat; `few` of a unit.
    manners, weak
        The directive that a word stands for, a `weak` one only beside one of `voices`.
    natural, sounding
        What sounds beside one of the other.
    fillers, people, struck, ended, dressing, links
        What may stand beside a pause, a pause with a length, a bell, an end, and a direction.
    rough, asked, given, taken, along
        Fillers that make a length no exact one; how somebody is told to pause; what such people
        are given for it; how a moment is had; and what is done in a pause that is named.
    counting, inwardly
        Words of counting to a number, and those of them by which nobody hears it.
    hedges
        What no sound of a recording is described with.
    """

    pauses: frozenset[str]
    bells: frozenset[str]
    plain: frozenset[str]
    sizes: Mapping[str, float]
    vague: Mapping[str, float]
    measures: Mapping[str, float]
    few: frozenset[str]
    fillers: frozenset[str]
    people: frozenset[str]
    rough: frozenset[str]
    asked: frozenset[str]
    given: frozenset[str]
    taken: frozenset[str]
    along: frozenset[str]
    counting: frozenset[str]
    inwardly: frozenset[str]
    struck: frozenset[str]
    ends: frozenset[str]
    ended: frozenset[str]
    manners: Mapping[str, str]
    weak: Mapping[str, str]
    voices: frozenset[str]
    music: frozenset[str]
    natural: frozenset[str]
    sounding: frozenset[str]
    deliveries: frozenset[str]
    dressing: frozenset[str]
    links: frozenset[str]
    hedges: frozenset[str]


_ENGLISH: Final = Words(
    pauses=_set(
        "pause pauses paused pausing silence silent silently quiet quietly rest resting wait "
        "waiting waits break beat stillness"
    ),
    bells=_set("bell bells gong gongs chime chimes bowl bowls tingsha tingshas handbell"),
    plain=_set("pause pauses pausing silence bell bells gong gongs chimes tingsha beat"),
    sizes=_table({
        1: "x-short tiny", 3: "short shorter brief briefly small quick little slight effect",
        5: "medium normal regular", 10: "long longer large big deep", 20: "x-long",
    }),
    vague=_table({5: "moment moments bit", 20: "while"}),
    measures=_table({6: "breath breaths", 1: "beat beats"}),
    few=_set("few several some couple"),
    fillers=_set(
        "for of a an the about approx approximately around roughly ca circa at least up here now "
        "in total then just again another more also complete full gentle natural please time dur "
        "duration length strength"
    ),
    people=_set(
        "them him her everyone people client clients listener listeners therapist narrator speaker "
        "reader guide facilitator teacher group participant participants to"
    ),
    rough=_set("about approx approximately around roughly ca circa least up"),
    asked=_set("let allow leave give insert add make take fall some"),
    given=_set("time"),
    taken=_set("take have"),
    along=_set("and breathe"),
    counting=_set(
        "count counting to up slowly silently quietly mentally in your the head mind yourself"
    ),
    inwardly=_set("silently quietly mentally head mind"),
    struck=_set(
        "sfx fx sound sounds ring rings ringing rang strike strikes struck hit hits tap taps tone "
        "singing tibetan temple meditation crystal low high soft softly gentle gently loud single "
        "small large deep bright clear opening closing final first last once twice and end start "
        "times"
    ),
    ends=_set("end ends finish fin ending"),
    ended=_set("session sessions meditation script recording audio track exercise practice story"),
    manners=_manners(
        "soft softly softer softened hushed", "whisper whispers whispered whispering",
        "slow slowly slower",
    ),
    weak=_manners("gentle gently quiet quieter quietly", "whispery", "calmly"),
    voices=_set("voice voices tone tones delivery pitch inflection say"),
    music=_set(
        "music drone soundscape ambience ambient ambiance piano flute harp pads instrumental "
        "melody jingle soundtrack fade fades volume whistle whistles drum drums rattle triangle "
        "rainstick"
    ),
    natural=_set(
        "rain wind waves wave ocean sea water stream river fire birds bird birdsong thunder "
        "crickets forest leaves sound sounds breath footsteps door"
    ),
    sounding=_set(
        "fading begin begins start starts stop stops end ends continue continues plays playing "
        "away play swell swells chirp chirping sing singing crash crashing crackle crackling blow "
        "blowing lapping rustle rustling fall falls falling rise rises grows effect effects sound "
        "sounds loop sfx fx build builds swells duck ducks track louder"
    ),
    deliveries=_set(
        "speak speaks spoken speaking read reads reading smiling smiles sighs sighing laughs "
        "laughing chuckles narrator speaker reader cue repeat repeats optional inhales exhales "
        "yawns yawning clears emphasis emphasize emphasise ad-lib improvise breathes nods coughs "
        "swallows hums nodding"
    ),
    dressing=_set(
        "to from under over on off out up down warm warmly low lower calm soothing kind kindly "
        "friendly deep deeper steady relaxed light lightly loud louder bright long short single "
        "one two slight slightly little bit higher clear clearly drops lowers throat his her "
        "their x times this line text sentence aloud drop next previous background far distant "
        "away hypnotic monotone neutral"
    ),
    links=_set("a an the in with and very more even now again"),
    hedges=_set("your you my we our or perhaps maybe if is are was that which may can"),
)  # fmt: skip
_DUTCH: Final = Words(
    pauses=_set(
        "pauze pauzes pauzeer pauzeren stilte stiltes stil rust rusten wacht wachten rustpauze "
        "adempauze rustmoment pauzeert stiltemoment stiltemomentje pauzemoment denkpauze pauzetijd"
    ),
    bells=_set("bel bellen belletje belletjes gong gongs klankschaal klankschalen"),
    plain=_set(
        "pauze pauzes pauzeer pauzeren pauzeert stilte stiltemoment stiltemomentje pauzemoment "
        "denkpauze adempauze bel belletje klankschaal gong"
    ),
    sizes=_table({
        3: "kort korte kortere kleine eventjes", 5: "gewone normale middellange",
        10: "lang lange langere grote diepe",
    }),
    vague=_table({5: "moment momentje ogenblik", 20: "poos poosje tijdje"}),
    measures=_table({6: "ademhaling ademhalingen ademteug ademteugen"}),
    few=_set("enkele paar wat"),
    fillers=_set(
        "voor van een de het ongeveer circa ca zo'n ruim minstens hier nu in totaal dan nog weer "
        "even volledige hele met duur tijd lengte gedurende"
    ),
    people=_set(
        "ze hen hem haar iedereen luisteraar luisteraars deelnemer deelnemers cliënt cliënten "
        "therapeut begeleider spreker verteller voorlezer groep"
    ),
    rough=_set("ongeveer circa ca zo'n ruim minstens"),
    asked=_set("laat geef gun las neem maak houd voeg toe vallen wat in"),
    given=_set("tijd"),
    taken=_set("neem"),
    along=_set("en adem ademen"),
    counting=_set("tel tellen tot zelf stil in stilte gedachten je hoofd langzaam zachtjes"),
    inwardly=_set("stil stilte gedachten hoofd"),
    struck=_set(
        "sfx geluid klank klinkt klinken gaat luidt luid sla slag slaan aanslaan op zacht zachte "
        "zachtjes lage hoge heldere kleine grote diepe laatste eerste tibetaanse keer eenmaal "
        "tweemaal maal en afsluitende"
    ),
    ends=_set("einde eind"),
    ended=_set("sessie meditatie script opname audio oefening verhaal"),
    manners=_manners(
        "zacht zachtjes zachter", "fluister fluistert fluisterend gefluisterd fluisteren",
        "langzaam langzamer traag trager",
    ),
    weak=_manners("zachte rustige", "fluisterende", "langzame trage"),
    voices=_set(
        "stem toon stemgeluid lezen voorlezen spreken inspreken uitspreken zeg"
    ),
    music=_set(
        "muziek achtergrondmuziek muziekje piano fluit harp melodie klanktapijt achtergrondgeluid "
        "achtergrondgeluiden volume fluitje triangel trommel regenstok"
    ),
    natural=_set(
        "regen wind golven zee water beek rivier vuur vogels vogel onweer krekels bos bladeren "
        "voetstappen deur"
    ),
    sounding=_set(
        "begint beginnen start stopt stop eindigt speelt zwelt fluiten zingen ruist ruisen "
        "knettert neemt sterft verdwijnt klinkt klinken fade waait valt effect dooft geluid "
        "geluiden opbouwen afbouwen inzetten aanzetten uitzetten wegdraaien afspelen starten "
        "stoppen "
        "harder zwellen track"
    ),
    deliveries=_set(
        "spreek spreekt sprekend lees leest gelezen glimlachend glimlacht zucht zuchtend lacht "
        "lachend verteller spreker voorlezer herhaal herhalen herhaling optioneel gaapt nadruk "
        "ademt knikt "
        "hoest slikt neuriet"
    ),
    dressing=_set(
        "uit op aan af door naar onder weg toe warm warme laag lage lager kalm kalme kalmerend "
        "rustig vriendelijk vriendelijke diep diepe luid luider licht lichte lang lange kort korte "
        "iets beetje helder x keer deze regel tekst zin volgende vorige hardop luidop achtergrond "
        "ver verte eentonig"
    ),
    links=_set("een de het in met en van heel zeer meer nog nu weer"),
    hedges=_set("je jouw jij mijn we ons onze of misschien als is zijn die dat mag kan"),
)  # fmt: skip


def _mixed(*rows: Words) -> Words:
    """Return the words of several languages as those of one."""
    merged: dict[str, Any] = {}
    for name in (field.name for field in fields(Words)):
        values = [getattr(row, name) for row in rows]
        tables = isinstance(values[0], dict)
        merged[name] = dict(ChainMap(*values)) if tables else frozenset[str]().union(*values)
    return Words(**merged)


MIXED: Final = None
"""Stands for a mark in two languages at once, as in `(pauze for 3 breaths)`."""
WORDS: Final[Mapping[Language | None, Words]] = {
    Language.ENGLISH: _ENGLISH,
    Language.DUTCH: _DUTCH,
    MIXED: _mixed(_ENGLISH, _DUTCH),
}
"""What marks are made of, by language."""
PLAIN: Final = frozenset[str]().union(*(row.plain for row in WORDS.values()))
"""What nobody says without meaning it, in all languages."""


def telling(known: Words) -> frozenset[str]:
    """Return the words of a language that make a mark of what they stand in."""
    sizes = known.sizes.keys() | known.vague.keys() | known.measures.keys()
    manners = known.manners.keys() | known.weak.keys() | known.voices
    sounds = known.music | known.natural | known.bells | known.sounding
    told = known.pauses | known.few | known.ends | known.deliveries | known.given
    return told | sizes | manners | sounds
