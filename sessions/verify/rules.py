"""The rules that profiles are made of: a figure each, its bounds, and what helps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sessions.metering.loudness import STARTLE_FLOOR_LUFS
from sessions.mix.levels import MOST_MOVE_DB, PRESETS, WHOLE_TOLERANCE_LU
from sessions.publish.report import Outcome, Verdict
from sessions.verify.tags import chapter_faults

if TYPE_CHECKING:
    from collections.abc import Callable

    from sessions.verify.measure import Measurements

    Bound = float | Callable[[Measurements], float | None] | None


LEAST_SPEECH_SECONDS = 10.0
"""Lines begin softly: of a few words that is most of them, and tells nothing of the voice."""
MADE_SOFT = (
    "few words, soft ones, long breaths, `deepen` or `descend` make the whole soft: shorter pauses "
    "and more plain words help"
)
TOLERANCE_LU = WHOLE_TOLERANCE_LU
"""Also of the voice, which begins softly for much of the time where little is said; in the
catalogue it is held to 0.3 by the tests."""
BED_TOLERANCE_LU = 2.0
"""Beds have waves, and chapters levels of their own."""
SILENCE_BOUND_SECONDS = 0.01
"""A waveform may rest at zero for a few samples; nobody hears 10 ms."""
BEDTIME_LUFS = PRESETS["bedtime"].target_lufs
PODCAST_LUFS = PRESETS["podcast"].target_lufs
RISE_BOUND_LU = PRESETS["bedtime"].rise_lu
BEDTIME_BED_LU = -PRESETS["bedtime"].bed_lu
PODCAST_BED_LU = -PRESETS["podcast"].bed_lu
LOUDER_LU = PRESETS["podcast"].louder_lu
"""What a render is made for by itself."""


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
        The bounds, both allowed; None for none. Some depend on the file.
    remedy
        What helps; it may depend on what is wrong.
    note
        Says more of the figure, such as where it is.
    decimals
        How finely the figure is shown, and judged: what is shown as the bound passes.
    bears
        Whether a file can be judged by it, or is only told the figure.
    """

    id: str
    name: str
    value: Callable[[Measurements], float | None]
    unit: str = ""
    low: Bound = None
    high: Bound = None
    remedy: str | Callable[[Measurements], str] = ""
    note: Callable[[Measurements], str] = lambda _: ""
    decimals: int = 1
    bears: Callable[[Measurements], bool] = lambda _: True


def judged(measurements: Measurements, rule: Rule) -> Verdict:
    """Hold a measurement against a rule."""
    exact = rule.value(measurements)
    value = None if exact is None else round(exact, rule.decimals) + 0.0
    low, high = (
        (bound(measurements) if callable(bound) else bound) if rule.bears(measurements) else None
        for bound in (rule.low, rule.high)
    )
    outcome = Outcome.NONE
    if value is not None and (low is not None or high is not None):
        within = (low is None or low <= value) and (high is None or value <= high)
        outcome = Outcome.PASS if within else Outcome.FAIL
    return Verdict(
        rule.id,
        rule.name,
        outcome,
        value,
        rule.unit,
        low,
        high,
        rule.note(measurements) if value is not None else "",
        _helping(rule, measurements) if outcome is Outcome.FAIL else "",
    )


def _helping(rule: Rule, measurements: Measurements) -> str:
    return rule.remedy if isinstance(rule.remedy, str) else rule.remedy(measurements)


def _at(seconds: float) -> str:
    total = int(seconds)
    clock = f"{total // 60 % 60}:{total % 60:02}"
    return f"at {total // 3600}:{clock:0>5}" if total >= 3600 else f"at {clock}"


def loudness(target_lufs: float, remedy: str | Callable[[Measurements], str]) -> Rule:
    """Ask for a loudness of the whole."""
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


def podcast_remedy(m: Measurements) -> str:
    """Say what brings a file to the loudness of a podcast."""
    if m.speech_share is None or m.integrated_lufs > PODCAST_LUFS:
        return "render with --loudness podcast, or raise or lower the file"
    return f"{MADE_SOFT}; the voice is as asked"


def voice(low: float | None, high: float | None) -> Rule:
    """Ask for a loudness of the voice, where enough is said to judge it by."""

    def enough(m: Measurements) -> bool:
        share = 1.0 if m.speech_share is None else m.speech_share
        return share * m.length_seconds >= LEAST_SPEECH_SECONDS

    def noted(m: Measurements) -> str:
        if m.speech_share is None:
            return "an estimate: no report tells where the words are"
        return "" if enough(m) else "too little is said to judge it by"

    return Rule(
        "voice",
        "voice",
        lambda m: m.voice_lufs,
        "LUFS",
        low,
        high,
        "raise or lower the file, or render it again; a bed that is near is heard in it",
        noted,
        bears=enough,
    )


def bed(least_lu: float | None) -> Rule:
    """Ask for a bed that lies so far under the voice, where it is known where that is."""
    return Rule(
        "bed",
        "bed under the voice",
        lambda m: (
            m.voice_lufs - m.bed_lufs
            if m.has_bed is not False and m.voice_lufs is not None and m.bed_lufs is not None
            else None
        ),
        "LU",
        None if least_lu is None else least_lu - BED_TOLERANCE_LU,
        remedy="lower the bed, with `bed` or its layers: so near to them, words are hard to hear",
        note=lambda m: (
            ""
            if m.bed_lufs is None
            else f"{m.bed_lufs:.1f} LUFS in pauses"
            if m.speech_share is not None
            else f"{m.bed_lufs:.1f} LUFS, the quietest tenth"
        ),
        bears=lambda m: m.has_bed is not None,
    )


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
    high=lambda m: m.line_may_rise_lu,
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
        f"{m.bed_under_lufs:.1f} LUFS at the ends of lines" if m.bed_under_lufs is not None else ""
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
WHOLE = replace(loudness(0.0, ""), low=None, high=None)
BALANCE = (voice(None, None), bed(None), replace(SWING, high=None))
"""Told where a place asks for nothing of the kind."""
UNBOUND = tuple(replace(rule, high=None) for rule in (RISE, LINE_RISE, SILENCE))
"""What frightens at night, told where it is not judged."""


def bitrate(low: float, high: float | None = None) -> Rule:
    """Ask for a bit rate, of MPEG audio."""
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


def sample_rate(low: float) -> Rule:
    """Ask for a sample rate."""
    return Rule(
        "sample-rate",
        "sample rate",
        lambda m: m.rate_hz,
        "Hz",
        low,
        remedy="export from the original at 44,100 or 48,000 Hz",
        decimals=0,
    )


MP3_ONLY = Rule(
    "mp3",
    "is an MP3",
    lambda m: int(m.container == "MP3"),
    "",
    low=1,
    remedy="export an MP3",
    note=lambda m: m.container,
    decimals=0,
)
