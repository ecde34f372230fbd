"""The table of choices: everything that a person may choose for a render, a row each.

To add one: give it a row in `Settings`, and use it where it means something. Front matter, flags,
checks, the writer, errors and the tables of the docs follow from the row. A level of the mix needs
a field of the same name in `sessions.mix.levels.Levels`, and then reaches the mix by itself.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sessions.script.phrases.quantities import MAX_SESSION_SECONDS
from sessions.script.phrases.readers import (
    ADDRESS,
    BED,
    FOLDER,
    SAYINGS,
    SWITCH,
    VOICE,
    Amount,
    NameOr,
    OneOf,
    Time,
    Whole,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sessions.script.model import Layer
    from sessions.script.phrases.readers import Reader

PIPER_URL: Final = "https://huggingface.co/rhasspy/piper-voices/resolve/main"
MAX_HOURS: Final = MAX_SESSION_SECONDS / 3600


@dataclass(frozen=True, slots=True)
class Choice:
    """A row of the table.

    Parameters
    ----------
    reader
        What it may be.
    help
        What it does, in one line.
    keys
        Its names in the front matter, English and Dutch; none where it is no script's affair.
    flag
        Its flag, `metavar` what the help shows for its value.
    of_show
        Whether the plan follows from it, so that `sessions show` has the flag, too.
    told
        Its default in words, where the value does not say it.
    heard
        Whether it shapes the files, so that they are made anew when it changes.
    """

    reader: Reader
    help: str
    keys: tuple[str, ...] = ()
    flag: str = ""
    metavar: str = ""
    of_show: bool = False
    told: str = ""
    heard: bool = True
    setting: str = ""
    default: Any = None


def _row(
    default: Any, reader: Reader, what: str, keys: str = "", flag: str = "", **more: Any
) -> Any:
    names = tuple(keys.split(", ")) if keys else ()
    words, _, metavar = flag.partition(" ")
    choice = Choice(reader, what, names, words, metavar, default=default, **more)
    if isinstance(default, dict):
        return field(default_factory=dict, metadata={"choice": choice})
    return field(default=default, metadata={"choice": choice})


def _words(text: str) -> OneOf:
    """Return names of which several may mean the same: `full=vol, none=geen`."""
    pairs = [names.split("=") for names in text.split(", ")]
    return OneOf({**{one[0]: one[0] for one in pairs}, **{n: one[0] for one in pairs for n in one}})


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that shapes a render, resolved.

    What is None was left to the script or to another choice. See `sessions.mix.levels` for what
    the levels mean, and `sessions.plan` for the times.
    """

    voice: str = _row(
        "auto", VOICE, "who speaks: see `sessions voices`",
        "voice, stem", "--voice NAME", of_show=True,
    )  # fmt: skip
    fill: str = _row(
        "", VOICE, "speaks the lines that were not recorded",
        flag="--fill NAME", of_show=True, told="nobody: a line without a recording is an error",
    )  # fmt: skip
    polish: str = _row(
        "warm", _words("warm, close=dichtbij, plain=gewoon"), "how the voice is made to sound",
        "polish, afwerking", "--polish", of_show=True,
    )  # fmt: skip
    background: tuple[Layer, ...] | None = _row(
        None, BED, "the bed, as 'brown -6 dB, sea', or 'none'",
        "background, achtergrond", "--background SPEC", of_show=True, heard=False,
        told="the script's, else brown noise",
    )  # fmt: skip
    minutes: float | None = _row(
        None, Time(MAX_SESSION_SECONDS, "20", least_seconds=3.0, unit_seconds=60.0),
        "the whole length; stretches elastic pauses",
        "minutes, minuten", "--minutes M", of_show=True, told="as short as the script can be",
    )  # fmt: skip
    pace: str = _row(
        "calm", _words("slow=traag, calm=kalm, plain=gewoon"), "the pauses between sentences",
        "pace, tempo", "--pace", of_show=True,
    )  # fmt: skip
    loudness: str = _row(
        "bedtime", NameOr(("bedtime", "podcast"), Amount(-36, -12, "LUFS", "-18")),
        "the loudness of the voice", "loudness, luidheid", "--loudness L", of_show=True,
    )  # fmt: skip
    bed_lu: float | None = _row(
        None, Amount(-40, 6, "LU", "-14 LU"), "the bed in pauses, relative to the voice",
        "bed, bedniveau", "--bed LU", told="-12, or -16 at `podcast` and numbers",
    )  # fmt: skip
    duck: str | None = _row(
        None, _words("full=vol, gentle=zacht, none=geen"), "how the bed makes room for speech",
        "duck, wijken", "--duck", told='`"full"`',
    )  # fmt: skip
    descend_db: float = _row(
        0.0, Amount(0, 24, "dB", "6 dB"), "how far voice and bed go down over the session",
        "descend, dalen", "--descend DB",
    )  # fmt: skip
    settle_percent: float = _row(
        0.0, Amount(0, 100, "%", "50 %"), "how much of its treble the bed gives up on the way",
        "settle, bezinken", "--settle PCT",
    )  # fmt: skip
    rise_lu: float = _row(
        12.0, Amount(6, 40, "LU", "10 LU"),
        "how far anything may rise over the loudest of the three seconds before; a line may by as "
        "much as it stands over its bed",
        "rise, stijging", "--rise LU",
    )  # fmt: skip
    width: float = _row(
        1.0, Amount(0, 2, example="0.5"), "of the bed: 0 in the middle, 1 as it is, up to 2",
        "width, breedte", "--width W",
    )  # fmt: skip
    sway: float = _row(
        0.0, Amount(0, 1, example="0.3"), "how far the voice moves slowly to and fro",
        "sway, wiegen", "--sway S",
    )  # fmt: skip
    lead_in_seconds: float = _row(
        6.0, Time(120, "6s"), "the bed alone, before the first word",
    )  # fmt: skip
    fade_in_seconds: float = _row(
        15.0, Time(600, "15s"),
        "how long the bed rises, 2 s at least; words may come before it is done",
        "fade in, infaden",
    )  # fmt: skip
    fade_out_seconds: float = _row(
        20.0, Time(3600, "20s"), "how long all of it fades, after the last word, pause or tail",
        "fade out, uitfaden",
    )  # fmt: skip
    tail_seconds: float = _row(
        0.0, Time(MAX_SESSION_SECONDS, "7h30m"), "how long the bed goes on after the words",
        "tail, uitloop", "--tail T", of_show=True,
    )  # fmt: skip
    total_seconds: float | None = _row(
        None, Time(MAX_SESSION_SECONDS, "8h"), "the length with its tail; wins over the tail",
        "total, totaal", "--total T", of_show=True, told="the session and its tail",
    )  # fmt: skip
    bitrate_kbps: int = _row(
        128, OneOf({str(r): r for r in (64, 80, 96, 112, 128, 160, 192, 224, 256, 320)}),
        "of the MP3, in kbit/s", flag="--bitrate",
    )  # fmt: skip
    mono: bool = _row(False, SWITCH, "one channel", flag="--mono")
    format: str = _row("mp3", _words("mp3, wav, flac"), "the kind of file", flag="--format")
    output: Path = _row(
        Path("output"), FOLDER, "where the files go; made if it is not there",
        flag="--output DIR", heard=False,
    )  # fmt: skip
    jobs: int = _row(
        0, Whole(0, 256), "work on N things at once; 0: one per processor",
        flag="--jobs N", of_show=True, heard=False,
    )  # fmt: skip
    offline: bool = _row(
        False, SWITCH, "never use the network", flag="--offline", of_show=True, heard=False,
    )  # fmt: skip
    cache_gib: float = _row(
        5.0, Amount(0.01, 10_000, example="5"),
        "GiB that may be kept, half of it spoken lines and half encoded segments, besides up to "
        "256 MiB of beds; what was unused for longest goes first", heard=False,
    )  # fmt: skip
    max_hours: float = _row(
        12.0, Amount(0.1, MAX_HOURS, example="12"),
        "a longer session is refused, before anything is made", heard=False,
    )  # fmt: skip
    pronounce: Mapping[str, Mapping[str, Any]] = _row(
        {}, SAYINGS, "how words are said, whoever wrote the script", heard=False,
        told="nothing",
    )  # fmt: skip
    piper_url: str = _row(
        PIPER_URL, ADDRESS, "where `sessions voices install` downloads from", heard=False,
        told="Piper's repository",
    )  # fmt: skip

    @property
    def threads(self) -> int:
        """The number of jobs to run at once; 0 asks for one per processor."""
        return self.jobs or os.cpu_count() or 1


CHOICES: Final[Mapping[str, Choice]] = {
    one.name: replace(one.metadata["choice"], setting=one.name) for one in fields(Settings)
}
"""Every choice by the name that it has as a setting."""
