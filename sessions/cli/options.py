"""Options that several commands share, and what they become."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sessions.errors import ConfigurationError
from sessions.settings import PACES, POLISHES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sessions.script.model import Script
    from sessions.settings import Settings

LANGUAGES = ("nl", "en")

PLAN_OPTIONS = (
    click.option("--language", type=click.Choice(LANGUAGES), help="The script in this language."),
    click.option("--voice", metavar="NAME", help="See `sessions voices`."),
    click.option("--fill", metavar="NAME", help="Speaks the lines that were not recorded."),
    click.option("--polish", type=click.Choice(POLISHES), help="How the voice is made to sound."),
    click.option("--pace", type=click.Choice(PACES), help="The pauses between sentences."),
    click.option("--minutes", metavar="M", help="The whole length; stretches elastic pauses."),
    click.option("--offline", is_flag=True, default=None, help="Never use the network."),
    click.option("--jobs", metavar="N", help="Work on N things at once (0: one per processor)."),
    click.option("--background", metavar="SPEC", help="The bed, as 'brown -6 dB, sea', or 'none'."),
)
SOUND_OPTIONS = (
    click.option("--loudness", metavar="L", help="bedtime, podcast, or a number of LUFS."),
)


def with_options(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a decorator that gives a command some options, in their order."""

    def decorate(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def complete_names(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[Any]:
    """Offer the catalogue's names, and files."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415 -- for the shell only

    from sessions.script.library import entries  # noqa: PLC0415

    found = [entry for entry in entries() if entry.name.startswith(incomplete)]
    items = [CompletionItem(entry.name, help=entry.title) for entry in found]
    return items or [CompletionItem(incomplete, type="file")]


def loaded(name: str, language: str | None) -> Script:
    """Return the script of a name or a file."""
    from sessions.script.library import load  # noqa: PLC0415
    from sessions.script.model import Language  # noqa: PLC0415

    return load(name, language=Language(language) if language else None)


def settings_for(script: Script, flags: Mapping[str, Any]) -> Settings:
    """Return the settings of a script, under the flags that were given."""
    from sessions.settings import CHECKS, read_files, resolve  # noqa: PLC0415

    given = {name: value for name, value in flags.items() if name in CHECKS}
    try:
        resolve(given)
    except ConfigurationError as error:
        raise click.UsageError(f"--{error}") from error
    return resolve(given, script.meta, read_files())
