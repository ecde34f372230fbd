"""Where choices come from: flags, a script, settings files; and where the machine keeps things.

Flags win over front matter, front matter over `sessions.toml` in the working folder, that over
`sessions.toml` in the user's configuration folder, and all over the defaults. This module is the
only one that reads the environment or those files. What may be chosen stands in
`sessions.script.phrases.choices`.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sessions.errors import ConfigurationError, InputMissingError
from sessions.script.page import Misread
from sessions.script.phrases.choices import CHOICES, Settings
from sessions.storage.files import opened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sessions.script.model import Meta
    from sessions.storage.caches import Caches

FILE_NAME = "sessions.toml"


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
    layers = [dict(files or {}), dict(meta.chosen) if meta else {}, dict(flags)]
    merged = {name: value for layer in layers for name, value in layer.items() if value is not None}
    return Settings(**{name: checked_value(name, value) for name, value in merged.items()})


def checked_value(name: str, value: Any, place: str = "") -> Any:
    """Return a setting's value, or say what is wrong with it."""
    if name not in CHOICES:
        meant = {key: one.setting for one in CHOICES.values() for key in (*one.keys, one.setting)}
        close = difflib.get_close_matches(name.replace("_", " "), meant, 1)
        close = close or difflib.get_close_matches(name, meant, 1)
        known = f"known: {', '.join(sorted(CHOICES))}"
        remedy = f"did you mean '{meant[close[0]]}'?" if close else known
        raise ConfigurationError(f"{place}unknown setting '{name}'", remedy)
    try:
        return CHOICES[name].reader.read(value)
    except Misread as misread:
        raise ConfigurationError(
            f"{place}{name} = {value!r}: {misread.message}",
            misread.remedy,
            name,
            misread.message,
        ) from misread


def read_files(folder: Path | None = None) -> dict[str, Any]:
    """Return the settings of the user's and the working folder's `sessions.toml`, checked."""
    found: dict[str, Any] = {}
    for path in (user_file(), (folder or Path()) / FILE_NAME):
        found |= read_file(path)
    return found


def user_file() -> Path:
    """Return where the person's own settings are, for all folders."""
    import platformdirs  # noqa: PLC0415 -- quick start

    return platformdirs.user_config_path("guided-sessions", appauthor=False) / FILE_NAME


def read_file(path: Path) -> dict[str, Any]:
    """Return the settings of one file; a file that is not there has none."""
    try:
        with opened(path) as file:
            table = tomllib.load(file)
    except InputMissingError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        remedy = 'text and times stand in quotes, as in minutes = "1h30m"; save it as UTF-8'
        raise ConfigurationError(f"{path}: {error}", remedy) from error
    for name, value in table.items():
        checked_value(name, value, f"{path}: ")
    return table


def written(path: Path, name: str, value: str) -> str:
    """Return the text of a settings file with one setting changed, all else of it as it was.

    Raises
    ------
    ConfigurationError
        The value is out of bounds, or the file cannot be read.
    """
    import tomlkit  # noqa: PLC0415 -- for one command only

    checked_value(name, value)
    read_file(path)  # says what is wrong with it
    document = tomlkit.parse(path.read_bytes().decode() if path.is_file() else "")
    document[name] = value
    return tomlkit.dumps(document)


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
    return {name: getattr(settings, name) for name, choice in CHOICES.items() if choice.heard}
