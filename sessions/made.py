"""From a name to files in one line, for programs: `sessions.make("bodyscan").save("output/")`."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sessions.errors import ConfigurationError
from sessions.library.scripts import load
from sessions.render import prepared, silent
from sessions.script.expand import meant
from sessions.script.phrases.language import named
from sessions.settings import read_files, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sessions.output import Written
    from sessions.render import Episode, Progress
    from sessions.script.model import Script
    from sessions.script.phrases.choices import Settings


def make(
    name_or_path: str | Path,
    *,
    language: str | None = None,
    values: Mapping[str, str] | None = None,
    **choices: Any,
) -> Made:
    """Return a session that is to be made; nothing is spoken yet.

    Parameters
    ----------
    name_or_path
        A script of the catalogue by its name, or a file.
    language
        `nl`, `en`, or what people call them; None for the one that the script has.
    values
        What is filled in for its `{values}`.
    choices
        Settings by their names, such as `minutes=20`; they win over the script's front matter,
        and that over `sessions.toml`, as for the command.

    Raises
    ------
    SessionsError
        There is no such script, it cannot be read, it does not say a value, or a choice is wrong.
    """
    spoken_in = None if language is None else named(language)
    if language is not None and spoken_in is None:
        raise ConfigurationError(f"unknown language '{language}'", "ask for nl or en")
    script = load(name_or_path, language=spoken_in, values=values)
    for name in values or {}:
        if name not in script.uses:
            told = f"the script says no value '{name}'"
            raise ConfigurationError(told, meant(name, script.uses))
    return Made(script, resolve(choices, script.meta, read_files()))


@dataclass(frozen=True, slots=True)
class Made:
    """A script and how it is to be rendered."""

    script: Script = field(repr=False)
    settings: Settings = field(repr=False)

    def save(
        self, folder: str | Path | None = None, *, progress: Progress = silent, force: bool = False
    ) -> Written:
        """Write the audio and all that goes with it into a folder; None for that of the settings.

        Raises
        ------
        SessionsError
            As the voice, the script, the settings or the disk give reason for.
        """
        from sessions.output import reserve, write  # noqa: PLC0415 -- who listens writes nothing

        output = self.settings.output if folder is None else Path(folder)
        settings = replace(self.settings, output=output)
        reserve(settings)
        with replace(self, settings=settings).episode(progress) as one:
            return write(one, progress, force=force)

    @contextmanager
    def episode(self, progress: Progress = silent) -> Iterator[Episode]:
        """Give what can be heard, before it is written; its errors are those of `save`."""
        with prepared(self.script, self.settings, progress) as episode:
            yield episode

    def excerpt(self, start_s: float, stop_s: float) -> Any:
        """Return a window, in seconds, as a pydub `AudioSegment`; errors are those of `save`."""
        with self.episode() as episode:
            return episode.excerpt(start_s, stop_s)
