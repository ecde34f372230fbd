"""Options that several commands share, and what they become."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sessions.errors import ConfigurationError
from sessions.script.model import Language
from sessions.script.phrases.choices import CHOICES
from sessions.script.phrases.language import named
from sessions.script.phrases.readers import Amount, NameOr, OneOf, Time

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sessions.script.model import Meta, Script
    from sessions.script.phrases.choices import Choice, Settings
    from sessions.script.phrases.readers import Reader


class LanguageName(click.ParamType):
    """A language by what people call it, as in the front matter."""

    name = "language"

    def get_metavar(self, *_: Any, **_options: Any) -> str:
        """Return what help shows."""
        return f"[{'|'.join(Language)}]"

    def convert(self, value: Any, param: Any, ctx: Any) -> Language:
        """Return the language that a name means."""
        found = named(str(value))
        if found is None:
            self.fail(f"'{value}' is none of {', '.join(Language)}", param, ctx)
        return found


LANGUAGE = LanguageName()


def option_of(choice: Choice) -> Callable[[Any], Any]:
    """Return the option of a choice; what it is given is read when settings are resolved."""
    hint = hint_of(choice.reader)
    told = f"{choice.help[0].upper()}{choice.help[1:]}{hint and f', such as {hint}'}."
    if isinstance(choice.default, bool):
        return click.option(choice.flag, choice.setting, is_flag=True, default=None, help=told)
    names = choice.reader.names if isinstance(choice.reader, OneOf) else ()

    def begun(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
        return [name for name in names if name.startswith(incomplete)]

    metavar = choice.metavar or f"[{'|'.join(names)}]"
    return click.option(
        choice.flag, choice.setting, metavar=metavar, help=told, shell_complete=begun
    )


def hint_of(reader: Reader) -> str:
    """Return what may be written, where a name of the value does not show it."""
    match reader:
        case Amount() | Time():
            return reader.example
        case NameOr():
            return f"{', '.join(reader.names)} or {reader.amount.example}"
        case _:
            return ""


PLAN_OPTIONS = (
    click.option("--language", type=LANGUAGE, help="The script in this language."),
    *(option_of(choice) for choice in CHOICES.values() if choice.flag and choice.of_show),
    click.option("--set", "values", metavar="KEY=VALUE", multiple=True, help="A value: naam=Anna."),
)
SOUND_OPTIONS = tuple(
    option_of(choice) for choice in CHOICES.values() if choice.flag and not choice.of_show
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


def loaded(name: str, language: Language | None, values: Sequence[str] = ()) -> Script:
    """Return the script of a name or a file, with the values of `--set`."""
    from sessions.library.scripts import load  # noqa: PLC0415

    return load(name, language=language, values=given(values))


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
    from sessions.settings import read_files, resolve  # noqa: PLC0415

    given = {name: value for name, value in flags.items() if name in CHOICES and value is not None}
    files = read_files()
    try:
        return resolve(given, meta, files)
    except ConfigurationError as error:
        if error.setting not in given:
            raise
        flag, value = CHOICES[error.setting].flag, given[error.setting]
        raise click.UsageError(f"{flag} = {value!r}: {error.why}: {error.remedy}") from error
