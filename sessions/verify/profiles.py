"""Named profiles: what a file must measure to suit a place, and what to do where it does not.

To add one: write its rules as a tuple, most of them made of the rows here, and give it a line in
`PROFILES`, with where its figures come from.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sessions.metering.loudness import STARTLE_FLOOR_LUFS
from sessions.mix.levels import MOST_MOVE_DB, PRESETS
from sessions.publish.report import Outcome, Verdict
from sessions.verify.tags import chapter_faults

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sessions.verify.measure import Measurements
    from sessions.verify.planned import Planned


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a profile.

    Parameters
    ----------
    id
        By which it is looked up, whatever it is called.
    value
        Gives the figure, or None where the rule does not apply.
    low, high
        The bounds, both allowed; None for none.
    note
        Says more of the figure, such as where it is.
    decimals
        How finely the figure is shown, and judged: what is shown as the bound passes.
    """

    id: str
    name: str
    value: Callable[[Measurements], float | None]
    unit: str = ""
    low: float | None = None
    high: float | None = None
    remedy: str = ""
    note: Callable[[Measurements], str] = lambda _: ""
    decimals: int = 1


@dataclass(frozen=True, slots=True)
class Profile:
    """A set of rules; `source` says where their figures come from."""

    name: str
    source: str
    rules: tuple[Rule, ...]


def judge(measurements: Measurements, profile: Profile) -> tuple[Verdict, ...]:
    """Hold measurements against the rules of a profile, in their order."""
    return tuple(_judged(measurements, rule) for rule in profile.rules)


def _judged(measurements: Measurements, rule: Rule) -> Verdict:
    exact = rule.value(measurements)
    value = None if exact is None else round(exact, rule.decimals) + 0.0
    outcome = Outcome.NONE
    if value is not None and (rule.low is not None or rule.high is not None):
        within = (rule.low is None or rule.low <= value) and (
            rule.high is None or value <= rule.high
        )
        outcome = Outcome.PASS if within else Outcome.FAIL
    return Verdict(
        rule.id,
        rule.name,
        outcome,
        value,
        rule.unit,
        rule.low,
        rule.high,
        rule.note(measurements) if value is not None else "",
        rule.remedy if outcome is Outcome.FAIL else "",
    )


def _at(seconds: float) -> str:
    total = int(seconds)
    clock = f"{total // 60 % 60}:{total % 60:02}"
    return f"at {total // 3600}:{clock:0>5}" if total >= 3600 else f"at {clock}"


def _loudness(target_lufs: float, remedy: str) -> Rule:
    return Rule(
        "loudness",
        "loudness",
        lambda m: m.integrated_lufs,
        "LUFS",
        target_lufs - TOLERANCE_LU,
        target_lufs + TOLERANCE_LU,
        remedy,
        _of_the_whole,
    )


def _of_the_whole(m: Measurements) -> str:
    """Say what the loudness of a whole file comes of."""
    mono = "mono, heard on two channels" if m.channels == 1 else ""
    share = "" if m.speech_share is None else f"{100 * m.speech_share:.0f} % is speech"
    return ", ".join(filter(None, (mono, share)))


def _voice(low: float | None, high: float | None) -> Rule:
    return Rule(
        "voice",
        "voice",
        lambda m: m.voice_lufs,
        "LUFS",
        low,
        high,
        "raise or lower the file, or render it again",
        lambda m: (
            "an estimate: no report tells where the words are" if m.speech_share is None else ""
        ),
    )


def _bed(least_lu: float | None) -> Rule:
    return Rule(
        "bed",
        "bed under the voice",
        lambda m: (
            m.voice_lufs - m.bed_lufs
            if m.has_bed and m.voice_lufs is not None and m.bed_lufs is not None
            else None
        ),
        "LU",
        None if least_lu is None else least_lu - BED_TOLERANCE_LU,
        remedy="lower the bed, with `bed` or its layers: so near to them, words are hard to hear",
        note=lambda m: f"{m.bed_lufs:.1f} LUFS in pauses" if m.bed_lufs is not None else "",
    )


TOLERANCE_LU = 1.0
"""Apple's tolerance; nobody else states one. The voice of a session of few words begins softly for
much of its time; in the catalogue it is held to 0.3 by the tests."""
BED_TOLERANCE_LU = 2.0
"""Beds have waves, and chapters levels of their own."""
SILENCE_BOUND_SECONDS = 0.01
"""A waveform may rest at zero for a few samples; nobody hears 10 ms."""
LOUDER_LU = PRESETS["podcast"].louder_lu
BEDTIME_LUFS = PRESETS["bedtime"].target_lufs
PODCAST_LUFS = PRESETS["podcast"].target_lufs
RISE_BOUND_LU = PRESETS["bedtime"].rise_lu
BEDTIME_BED_LU = -PRESETS["bedtime"].bed_lu
PODCAST_BED_LU = -PRESETS["podcast"].bed_lu
"""What a render is made for by itself."""

LENGTH = Rule("length", "length", lambda m: m.length_seconds, "s")
SOUND = Rule(
    "faults",
    "decodes without a fault",
    lambda m: len(m.faults),
    "faults",
    high=0,
    remedy="download or render the file again; do not cut MP3 files with a text or hex editor",
    note=lambda m: "; ".join(m.faults),
    decimals=0,
)
PEAK = Rule(
    "true-peak",
    "true peak",
    lambda m: m.true_peak_dbtp,
    "dBTP",
    high=-1.0,
    remedy="lower the whole file, or limit it before it is encoded",
)
CLIPPING = Rule(
    "clipping",
    "clipped samples",
    lambda m: m.clipped_samples,
    "",
    high=0,
    remedy="lower the recording and export it again; clipping cannot be undone",
    decimals=0,
)
RISE = Rule(
    "rise",
    "largest rise",
    lambda m: m.rise_lu,
    "LU",
    high=RISE_BOUND_LU,
    remedy="soften what begins there: lower it, or fade it in",
    note=lambda m: _at(m.rise_seconds),
)
LINE_RISE = Rule(
    "line-rise",
    "largest rise of a line",
    lambda m: None if m.has_bed is False else m.line_rise_lu,
    "LU",
    high=RISE_BOUND_LU,
    remedy="soften how the line begins, or bring the bed nearer to the voice",
    note=lambda m: _at(m.line_rise_seconds),
)
SWING = Rule(
    "bed-swing",
    "swing of the bed",
    lambda m: m.bed_swing_lu,
    "LU",
    high=MOST_MOVE_DB,
    remedy="let the bed go down less under words: what comes and goes is listened to",
    note=lambda m: (
        f"{m.bed_under_lufs:.1f} LUFS under words" if m.bed_under_lufs is not None else ""
    ),
)
SILENCE = Rule(
    "silence",
    "digital silence",
    lambda m: None if m.has_bed is False else m.silence_seconds,
    "s",
    high=SILENCE_BOUND_SECONDS,
    remedy="lay a bed under the pauses: a sudden nothing wakes people up",
    note=lambda m: _at(m.silence_at_seconds) if m.silence_seconds > SILENCE_BOUND_SECONDS else "",
    decimals=2,
)
OPENING = Rule(
    "opening",
    "first 0.4 s",
    lambda m: m.opening_lufs,
    "LUFS",
    high=STARTLE_FLOOR_LUFS,
    remedy="fade in from silence",
)
CLOSING = Rule(
    "closing",
    "last 0.4 s",
    lambda m: m.closing_lufs,
    "LUFS",
    high=STARTLE_FLOOR_LUFS,
    remedy="fade out to silence",
)
TITLE = Rule(
    "title",
    "title",
    lambda m: len(m.title),
    "characters",
    low=1,
    remedy="write a title into the file's tag",
    note=lambda m: m.title,
    decimals=0,
)
ARTIST = Rule(
    "artist",
    "artist",
    lambda m: len(m.artist),
    "characters",
    low=1,
    remedy="write an artist into the file's tag",
    note=lambda m: m.artist,
    decimals=0,
)
CHAPTERS = Rule(
    "chapters",
    "chapters in order",
    lambda m: len(chapter_faults(m.chapters, m.length_seconds)) if m.chapters else None,
    "faults",
    high=0,
    remedy="correct the chapters in the file's tag",
    note=lambda m: (
        "; ".join(chapter_faults(m.chapters, m.length_seconds)[:3]) or f"{len(m.chapters)} chapters"
    ),
    decimals=0,
)
FIGURES = (
    Rule("range", "loudness range", lambda m: m.range_lu, "LU"),
    Rule("momentary-maximum", "momentary maximum", lambda m: m.momentary_max_lufs, "LUFS"),
    Rule("short-term-maximum", "short-term maximum", lambda m: m.short_term_max_lufs, "LUFS"),
    Rule(
        "speech",
        "share of speech",
        lambda m: None if m.speech_share is None else 100 * m.speech_share,
        "%",
        decimals=0,
    ),
    Rule("longest-pause", "longest pause", lambda m: m.longest_pause_seconds, "s"),
)
"""Told for every file, bound by no profile."""
WHOLE = replace(_loudness(0.0, ""), low=None, high=None)
BALANCE = (_voice(None, None), _bed(None), replace(SWING, high=None))
"""Told where a place asks for nothing of the kind."""
UNBOUND = tuple(replace(rule, high=None) for rule in (RISE, LINE_RISE, SILENCE))
"""What frightens at night, told where it is not judged."""


def _bitrate(low: float, high: float | None = None) -> Rule:
    return Rule(
        "bit-rate",
        "MP3 bit rate",
        lambda m: m.bitrate_kbps,
        "kbit/s",
        low,
        high,
        "encode again from the original, with --bitrate 128 or more",
        decimals=0,
    )


def _sample_rate(low: float) -> Rule:
    return Rule(
        "sample-rate",
        "sample rate",
        lambda m: m.rate_hz,
        "Hz",
        low,
        remedy="export from the original at 44,100 or 48,000 Hz",
        decimals=0,
    )


_MP3_ONLY = Rule(
    "mp3",
    "is an MP3",
    lambda m: int(m.container == "MP3"),
    "",
    low=1,
    remedy="export an MP3",
    note=lambda m: m.container,
    decimals=0,
)

PROFILES: Mapping[str, Profile] = {
    profile.name: profile
    for profile in (
        Profile(
            "bedtime",
            "our own: no standard exists for the night; practitioners master at -20 LUFS",
            (
                LENGTH,
                _voice(BEDTIME_LUFS - TOLERANCE_LU, BEDTIME_LUFS + TOLERANCE_LU),
                _bed(BEDTIME_BED_LU),
                SWING,
                WHOLE,
                PEAK,
                RISE,
                LINE_RISE,
                SILENCE,
                OPENING,
                CLOSING,
                CLIPPING,
                SOUND,
                CHAPTERS,
                *FIGURES,
            ),
        ),
        Profile(
            "podcast-apple",
            "Apple Podcasts for Creators, 'Audio requirements': -16 dB LKFS within 1 dB, true peak "
            "of -1 dB FS at most; MP3 from 44.1 kHz and 64 kbit/s (32 in mono) on. Title, artist "
            "and chapters are ours",
            (
                LENGTH,
                _loudness(
                    PODCAST_LUFS,
                    "render with --loudness podcast, or raise or lower the file; where few words "
                    "make it soft, shorter pauses or more words help: the voice is right as it is",
                ),
                _voice(None, None),
                _bed(PODCAST_BED_LU),
                SWING,
                PEAK,
                _sample_rate(44_100),
                replace(
                    _bitrate(64),
                    value=lambda m: (
                        None if m.bitrate_kbps is None else m.bitrate_kbps * (3 - m.channels)
                    ),
                    note=lambda m: "mono counts twice" if m.channels == 1 else "",
                ),
                CLIPPING,
                SOUND,
                TITLE,
                ARTIST,
                CHAPTERS,
                *UNBOUND,
                *FIGURES,
            ),
        ),
        Profile(
            "podcast-spotify",
            "Spotify, 'Loudness normalization': plays at -14 LUFS, and asks for a true peak of "
            "-1 dB at most; 'Podcast Delivery Specification': MP3 from 96 to 320 kbit/s. The "
            "tolerance of 1 LU, title, artist and chapters are ours",
            (
                LENGTH,
                _loudness(-14.0, "render with --loudness -14, or raise or lower the file"),
                *BALANCE,
                PEAK,
                _bitrate(96, 320),
                CLIPPING,
                SOUND,
                TITLE,
                ARTIST,
                CHAPTERS,
                *UNBOUND,
                *FIGURES,
            ),
        ),
        Profile(
            "insight-timer",
            "Insight Timer, 'Best practices for content': recommends an MP3 of 128 kbit/s, held "
            "here as the least. It states no loudness; its 48 kHz is not judged. Clipping, faults "
            "and chapters are ours",
            (
                *(LENGTH, WHOLE, *BALANCE, _MP3_ONLY, _bitrate(128)),
                *(CLIPPING, SOUND, CHAPTERS, *UNBOUND, *FIGURES),
            ),
        ),
    )
}


def implied(plan: Planned | None) -> Profile:
    """Return the profile for a file that nobody named one for.

    A render of ours is for the night, unless it was asked for at a podcast's loudness; what was
    asked for takes the place of the usual levels and rises. A file of which no plan is known is
    taken for a podcast episode, for that has a published standard.
    """
    podcast = PROFILES["podcast-apple"]
    if plan is None:
        return podcast
    if plan.asked_lufs == PODCAST_LUFS:
        high = PODCAST_LUFS + LOUDER_LU + TOLERANCE_LU
        podcast = bounded(podcast, "voice", PODCAST_LUFS - TOLERANCE_LU, high)
        return _bed_asked(podcast, plan, PODCAST_BED_LU)
    night = _bed_asked(PROFILES["bedtime"], plan, BEDTIME_BED_LU)
    if plan.rise_lu is not None:
        night = bounded(night, "rise", None, plan.rise_lu)
        night = bounded(night, "line-rise", None, plan.rise_lu)
    if plan.line_rise_lu is not None:
        night = bounded(night, "line-rise", None, plan.line_rise_lu)
    if plan.asked_lufs is None:
        return night
    low, high = plan.asked_lufs - TOLERANCE_LU, plan.asked_lufs + TOLERANCE_LU
    return bounded(night, "voice", low, high)


def _bed_asked(profile: Profile, plan: Planned, usual_lu: float) -> Profile:
    """Return a profile that lets a bed be as near to the voice as was asked for."""
    if plan.asked_bed_lu is None:
        return profile
    return bounded(profile, "bed", min(usual_lu, -plan.asked_bed_lu) - BED_TOLERANCE_LU, None)


def bounded(profile: Profile, rule_id: str, low: float | None, high: float | None) -> Profile:
    """Return a profile in which one of its rules has other bounds."""
    if rule_id not in {rule.id for rule in profile.rules}:
        raise LookupError(rule_id)
    rules = (
        replace(rule, low=low, high=high) if rule.id == rule_id else rule for rule in profile.rules
    )
    return replace(profile, rules=tuple(rules))
