"""Options that several commands share, and what they become."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sessions.errors import ConfigurationError
from sessions.settings import DUCKS, PACES, POLISHES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sessions.script.model import Meta, Script
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
    click.option("--tail", "tail_seconds", metavar="T", help="The bed goes on after: 7h30m, 20m."),
    click.option("--total", "total_seconds", metavar="T", help="The length with its tail: 8h."),
    click.option("--jobs", metavar="N", help="Work on N things at once (0: one per processor)."),
    click.option("--background", metavar="SPEC", help="The bed, as 'brown -6 dB, sea', or 'none'."),
    click.option("--set", "values", metavar="KEY=VALUE", multiple=True, help="A value: naam=Anna."),
)
SOUND_OPTIONS = (
    click.option("--bed", "bed_lu", metavar="LU", help="The bed in silence, relative to speech."),
    click.option("--duck", type=click.Choice(DUCKS), help="How the bed makes room for speech."),
    click.option("--descend", "descend_db", metavar="DB", help="Everything goes down, evenly."),
    click.option("--settle", "settle_percent", metavar="PCT", help="The bed's treble goes slowly."),
    click.option("--rise", "rise_lu", metavar="LU", help="How far anything may rise over before."),
    click.option("--width", metavar="W", help="Of the bed: 0 in the middle, 1 as it is, up to 2."),
    click.option("--sway", metavar="S", help="The voice moves slowly to and fro, 0 to 1."),
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

    from sessions.library.catalogue import entries  # noqa: PLC0415

    found = [entry for entry in entries() if entry.name.startswith(incomplete)]
    items = [CompletionItem(entry.name, help=entry.title) for entry in found]
    return items or [CompletionItem(incomplete, type="file")]


def loaded(name: str, language: str | None, values: Sequence[str] = ()) -> Script:
    """Return the script of a name or a file, with the values of `--set`."""
    from sessions.library.scripts import load  # noqa: PLC0415
    from sessions.script.model import Language  # noqa: PLC0415

    spoken_in = Language(language) if language else None
    return load(name, language=spoken_in, values=given(values))


def given(values: Sequence[str]) -> dict[str, str]:
    """Return the values of `--set KEY=VALUE`."""
    from sessions.script.page import Misread  # noqa: PLC0415
    from sessions.script.values import checked  # noqa: PLC0415

    found: dict[str, str] = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not equals:
            raise click.UsageError(f"--set {value}: write --set naam=Anna")
        try:
            found |= [checked(name.strip(), text)]
        except Misread as misread:
            raise click.UsageError(f"--set: {misread.message}: {misread.remedy}") from misread
    return found


def refuse_unused(values: Sequence[str], scripts: Sequence[Script]) -> None:
    """Refuse a value of `--set` that none of the scripts says: it would silently go missing."""
    from sessions.script.expand import meant  # noqa: PLC0415

    used = frozenset[str]().union(*(script.uses for script in scripts))
    for name in given(values):
        if scripts and name not in used:
            who = "the script says" if len(scripts) == 1 else "the scripts say"
            raise click.UsageError(f"--set {name}: {who} no such value: {meant(name, used)}")


def settings_for(meta: Meta | None, flags: Mapping[str, Any]) -> Settings:
    """Return the settings of a front matter, or of none, under the flags that were given."""
    from sessions.settings import CHECKS, checked_value, read_files, resolve  # noqa: PLC0415

    given = {name: value for name, value in flags.items() if name in CHECKS and value is not None}
    for name, value in given.items():
        try:
            checked_value(name, value, "")
        except ConfigurationError as error:
            raise click.UsageError(f"{flag_of(name)}{str(error).removeprefix(name)}") from error
    return resolve(given, meta, read_files())


def flag_of(setting: str) -> str:
    """Return the flag of the command that runs which makes a setting."""
    params = click.get_current_context().command.params
    return next(param.opts[0] for param in params if param.name == setting)
