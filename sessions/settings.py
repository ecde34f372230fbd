"""Settings: what a person may choose, from where, and what it means. Frozen once resolved.

Flags win over front matter, front matter over `sessions.toml` in the working folder, that over
`sessions.toml` in the user's configuration folder, and all over the defaults. This module is the
only one that reads the environment or those files.
"""

from __future__ import annotations

import difflib
import math
import os
import re
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sessions.errors import ConfigurationError
from sessions.script.page import Misread
from sessions.script.phrases.beds import layers
from sessions.script.phrases.choices import SOUND_KEYS
from sessions.script.phrases.choices import loudness as written_loudness

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sessions.script.model import Layer, Meta
    from sessions.storage.caches import Caches

FILE_NAME = "sessions.toml"
LOUDNESS = ("bedtime", "podcast")
"""Names of `sessions.mix.levels.PRESETS`; a number of LUFS is the first with another target."""
DUCKS = ("full", "gentle", "none")
LOUDNESS_RANGE_LUFS = (-36.0, -12.0)
PACES = ("slow", "calm", "plain")
POLISHES = ("warm", "close", "plain")
FORMATS = ("mp3", "wav", "flac")
BITRATES_KBPS = (64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
HARD_LIMIT_HOURS = 24.0
PIPER_URL = "https://huggingface.co/rhasspy/piper-voices/resolve/main"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that shapes a render, resolved.

    `fill` speaks the lines of which `voice` has no recording. `minutes` is None for the script's
    own length; `background` is None where nobody chose a bed. `loudness` is a name of `LOUDNESS`
    or a number of LUFS; `bed_lu` and `duck` are None where it decides. See `sessions.mix.levels`
    for what they mean, and `sessions.plan` for the times.
    """

    voice: str = "auto"
    fill: str = ""
    polish: str = "warm"
    background: tuple[Layer, ...] | None = None
    minutes: float | None = None
    pace: str = "calm"
    loudness: str = "bedtime"
    bed_lu: float | None = None
    duck: str | None = None
    descend_db: float = 0.0
    settle_percent: float = 0.0
    rise_lu: float = 12.0
    width: float = 1.0
    sway: float = 0.0
    lead_in_seconds: float = 6.0
    fade_in_seconds: float = 15.0
    fade_out_seconds: float = 20.0
    tail_seconds: float = 0.0
    total_seconds: float | None = None
    bitrate_kbps: int = 128
    mono: bool = False
    format: str = "mp3"
    output: Path = Path("output")
    jobs: int = 0
    offline: bool = False
    cache_gib: float = 5.0
    max_hours: float = 12.0
    pronounce: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    piper_url: str = PIPER_URL

    @property
    def threads(self) -> int:
        """The number of jobs to run at once; 0 asks for one per processor."""
        return self.jobs or os.cpu_count() or 1


def number(low: float, high: float) -> Callable[[Any], float]:
    """Return a check for a finite number between two bounds."""

    def check(value: Any) -> float:
        try:
            result = float("" if isinstance(value, bool) else value)
        except (TypeError, ValueError):
            raise ValueError("must be a number") from None
        if not low <= result <= high or math.isnan(result):
            raise ValueError(f"must be from {low:g} to {high:g}")
        return result

    return check


def as_in_front_matter(name: str, low: float, high: float) -> Callable[[Any], float]:
    """Return a check for a number, or for text as front matter has it: `-12 LU`, `50%`, `0,5`."""
    (key,) = (key for key in SOUND_KEYS if key.setting == name)

    def check(value: Any) -> float:
        try:
            return number(low, high)(key.read(value.strip()) if isinstance(value, str) else value)
        except Misread as misread:
            raise ValueError(f"must be from {low:g} to {high:g}{key.unit}") from misread

    return check


def whole(low: int, high: int) -> Callable[[Any], int]:
    """Return a check for a whole number between two bounds."""

    def check(value: Any) -> int:
        result = number(low, high)(value)
        if isinstance(value, bool) or result != int(result):
            raise ValueError("must be a whole number")
        return int(result)

    return check


def one_of(*choices: Any) -> Callable[[Any], Any]:
    """Return a check for one of some values."""

    def check(value: Any) -> Any:
        for choice in choices:
            if type(value) is type(choice) and value == choice:
                return choice
        raise ValueError(f"must be one of: {', '.join(map(str, choices))}")

    return check


def loudness(value: Any) -> str:
    """Return a loudness target: one of the names, or a number of LUFS as text."""
    try:
        if isinstance(value, str):
            return str(written_loudness(value.strip()))
        return f"{number(*LOUDNESS_RANGE_LUFS)(value):g}"
    except (ValueError, Misread):
        names = ", ".join(LOUDNESS)
        low, high = LOUDNESS_RANGE_LUFS
        raise ValueError(f"must be {names}, or LUFS from {low:g} to {high:g}") from None


def duration_up_to(hours: float) -> Callable[[Any], float]:
    """Return a check for a time: a number of seconds, or text such as `7h30m`."""

    def check(value: Any) -> float:
        seconds = value if not isinstance(value, str) else duration(value)
        return number(0.0, hours * 3600)(seconds)

    return check


def duration(text: str) -> float:
    """Return a time in seconds: `90`, `45s`, `20m`, `7h30m`, `1:30` (minutes and seconds)."""
    if clock := re.fullmatch(r"(?:(\d+):)?(\d{1,2}):(\d{2})", text.strip(), re.ASCII):
        hours, mins, secs = (float(part or 0) for part in clock.groups())
        return 3600 * hours + 60 * mins + secs
    match = re.fullmatch(
        r"(?:(\d+(?:\.\d+)?)\s*h)?\s*(?:(\d+(?:\.\d+)?)\s*m(?:in)?)?\s*(?:(\d+(?:\.\d+)?)\s*s?)?",
        text.strip().lower(),
        re.ASCII,
    )
    if match is None or not any(match.groups()):
        raise ValueError("must be a time, such as 7h30m, 20m or 45s")
    hours, mins, secs = (float(part or 0) for part in match.groups())
    return 3600 * hours + 60 * mins + secs


def background(value: Any) -> tuple[Layer, ...]:
    """Return the layers of a bed: text as in front matter, a list of such, or ready-made."""
    if isinstance(value, str):
        return layers(value)
    if isinstance(value, list | tuple):
        return tuple(
            layer
            for part in value
            for layer in (layers(part) if isinstance(part, str) else (part,))
        )
    raise ValueError("must be text, such as 'sea -3 dB, brown', or a list of such texts")


def minutes(value: Any) -> float:
    """Return a length in minutes: a number of them (`20`, `20,5`), or a time (`5m30s`, `1:30`)."""
    if isinstance(value, str):
        plain = value.strip().replace(",", ".")
        try:
            value = plain if re.fullmatch(r"-?[\d.]+", plain, re.ASCII) else duration(plain) / 60
        except ValueError:
            raise ValueError("must be a number of minutes, or a time such as 5m30s") from None
    return number(0.05, 60 * HARD_LIMIT_HOURS)(value)


def text(value: Any) -> str:
    """Return a text."""
    if not isinstance(value, str):
        raise ValueError("must be text, in quotes")  # noqa: TRY004 -- one error type for all checks
    return value


def folder(value: Any) -> Path:
    """Return a folder."""
    return value if isinstance(value, Path) else Path(text(value))


def flag(value: Any) -> bool:
    """Return a switch."""
    if not isinstance(value, bool):
        raise ValueError("must be true or false")  # noqa: TRY004 -- one error type for all checks
    return value


def pronounced(value: Any) -> Mapping[str, Mapping[str, Any]]:
    """Return how words are said: by language, and below a language by voice."""
    if not isinstance(value, dict) or not all(key in {"nl", "en"} for key in value):
        raise ValueError("must be tables [pronounce.nl] and [pronounce.en]")
    for words in value.values():
        own = words.values() if isinstance(words, dict) else [None]
        texts = [w for v in own for w in (v.values() if isinstance(v, dict) else [v])]
        if not all(isinstance(text, str) and text.strip() for text in texts):
            raise ValueError("each word needs a text: how it is said")
    return value


def address(value: Any) -> str:
    """Return an address that is safe to download from: over TLS, or on this machine."""
    where = text(value)
    if not where.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        raise ValueError("must begin with https://")
    return where


CHECKS: Mapping[str, Callable[[Any], Any]] = {
    "voice": text,
    "fill": text,
    "polish": one_of(*POLISHES),
    "background": background,
    "minutes": minutes,
    "pace": one_of(*PACES),
    "loudness": loudness,
    "bed_lu": as_in_front_matter("bed_lu", -40.0, 6.0),
    "duck": one_of(*DUCKS),
    "descend_db": as_in_front_matter("descend_db", 0.0, 24.0),
    "settle_percent": as_in_front_matter("settle_percent", 0.0, 100.0),
    "rise_lu": as_in_front_matter("rise_lu", 6.0, 40.0),
    "width": as_in_front_matter("width", 0.0, 2.0),
    "sway": as_in_front_matter("sway", 0.0, 1.0),
    "lead_in_seconds": number(0.0, 120.0),
    "fade_in_seconds": number(0.0, 600.0),
    "fade_out_seconds": number(0.0, 3600.0),
    "tail_seconds": duration_up_to(HARD_LIMIT_HOURS),
    "total_seconds": duration_up_to(HARD_LIMIT_HOURS),
    "bitrate_kbps": one_of(*BITRATES_KBPS),
    "mono": flag,
    "format": one_of(*FORMATS),
    "output": folder,
    "jobs": whole(0, 256),
    "offline": flag,
    "cache_gib": number(0.01, 10_000.0),
    "max_hours": number(0.1, HARD_LIMIT_HOURS),
    "pronounce": pronounced,
    "piper_url": address,
}
"""Every setting by the name it has in `sessions.toml` and as an argument of `resolve`."""


def resolve(
    flags: Mapping[str, Any], meta: Meta | None = None, files: Mapping[str, Any] | None = None
) -> Settings:
    """Return the settings of one render.

    Parameters
    ----------
    flags
        What the person asked for now; None values do not count.
    meta
        The script's front matter.
    files
        What `read_files` found.

    Raises
    ------
    ConfigurationError
        A name is unknown or a value is out of bounds.
    """
    layers = [dict(files or {}), from_meta(meta), dict(flags)]
    merged = {name: value for layer in layers for name, value in layer.items() if value is not None}
    return Settings(**{name: checked_value(name, value, "") for name, value in merged.items()})


def from_meta(meta: Meta | None) -> dict[str, Any]:
    """Return the settings that a front matter makes."""
    if meta is None:
        return {}
    return {
        "voice": meta.voice or None,
        "pace": meta.pace,
        "minutes": meta.minutes,
        "fade_in_seconds": meta.fade_in_seconds,
        "fade_out_seconds": meta.fade_out_seconds,
        "background": meta.background,
        **dict(meta.sound),
    }


def checked_value(name: str, value: Any, place: str) -> Any:
    """Return a setting's value, or say what is wrong with it."""
    try:
        return CHECKS[name](value)
    except KeyError:
        close = difflib.get_close_matches(name, CHECKS, 1)
        remedy = f"did you mean '{close[0]}'?" if close else f"known: {', '.join(sorted(CHECKS))}"
        raise ConfigurationError(f"{place}unknown setting '{name}'", remedy) from None
    except (TypeError, ValueError) as error:
        raise ConfigurationError(f"{place}{name} = {value!r}: {error}") from error


def read_files(folder: Path | None = None) -> dict[str, Any]:
    """Return the settings of the user's and the working folder's `sessions.toml`, checked."""
    import platformdirs  # noqa: PLC0415 -- quick start

    user = platformdirs.user_config_path("guided-sessions", appauthor=False)
    found: dict[str, Any] = {}
    for path in (user / FILE_NAME, (folder or Path()) / FILE_NAME):
        found |= read_file(path)
    return found


def read_file(path: Path) -> dict[str, Any]:
    """Return the settings of one file; a file that is not there has none."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ConfigurationError(f"cannot read {path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: {error}", "see docs/settings.md") from error
    for name, value in table.items():
        checked_value(name, value, f"{path}: ")
    return table


def caches_of(settings: Settings) -> Caches:
    """Return what is kept between renders: below `SESSIONS_CACHE_DIR`, or the user's folder."""
    import platformdirs  # noqa: PLC0415

    from sessions.storage.caches import GIB, Caches  # noqa: PLC0415

    chosen = os.environ.get("SESSIONS_CACHE_DIR")
    user = platformdirs.user_cache_path("guided-sessions", appauthor=False)
    return Caches(Path(chosen) if chosen else user, round(settings.cache_gib * GIB))


def voices_folder() -> Path:
    """Return where installed voices are kept: beside the user's other data."""
    import platformdirs  # noqa: PLC0415

    return platformdirs.user_data_path("guided-sessions", appauthor=False) / "voices"


def as_plain(settings: Settings) -> dict[str, Any]:
    """Return what shapes the sound, for a report: no folder, number of jobs or limit.

    The bed has a place of its own there.
    """
    private = {
        *("background", "output", "jobs", "offline"),
        *("cache_gib", "max_hours", "pronounce", "piper_url"),
    }
    names = [field.name for field in fields(settings) if field.name not in private]
    return {name: getattr(settings, name) for name in names}
