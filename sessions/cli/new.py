"""`sessions new`: a script to begin with, or one made of a text from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sessions.cli.options import LANGUAGE
from sessions.errors import OutputError, ScriptError

if TYPE_CHECKING:
    from sessions.script.importing.intake import Imported
    from sessions.script.model import Language


@click.command("new")
@click.argument("name", metavar="NAME")
@click.option("--language", type=LANGUAGE, help="Dutch (the default) or English.")
@click.option("--from", "origin", metavar="FILE", help="Plain text (.txt) or SSML to take over.")
def command(name: str, language: Language | None, origin: str | None) -> None:
    """Write a script NAME.md: a starter, or what a text from elsewhere holds.

    What could not be taken over is listed, with its place. A file that is there stays as it is.

    \b
    Examples:
      sessions new my-evening --language en
      sessions new body-scan-2 --from pasted.txt
      sessions new calm --from speech.ssml
    """
    from sessions.library.starter import starter  # noqa: PLC0415
    from sessions.script.model import Language  # noqa: PLC0415
    from sessions.script.writer import write  # noqa: PLC0415
    from sessions.storage.files import write_bytes  # noqa: PLC0415

    path = Path(name if name.lower().endswith(".md") else f"{name}.md")
    if path.exists():
        raise OutputError(f"there is a file '{path}' already", "choose another name")
    if origin is None:
        text = starter(language or Language.DUTCH, path.stem.replace("-", " ").capitalize())
    else:
        imported = taken_over(origin, language)
        text = write(imported.script)
        tell(imported)
    write_bytes(path, text.encode(), "choose another name")
    click.echo(str(path))


def taken_over(origin: str, language: Language | None) -> Imported:
    """Return what a file holds, by its suffix; one without a known suffix is plain text."""
    from sessions.library.texts import read_text  # noqa: PLC0415
    from sessions.script.importing import READERS  # noqa: PLC0415
    from sessions.script.importing.plain import read as read_plain  # noqa: PLC0415

    read = READERS.get(Path(origin).suffix.lower(), read_plain)
    return read(read_text(origin), origin, language)


def tell(imported: Imported) -> None:
    """List on stderr what could not be taken over."""
    from sessions.cli.problems import render  # noqa: PLC0415

    for note in imported.notes:
        click.echo(render(ScriptError.of([note]), "note") + "\n", err=True)
    if imported.more:
        click.echo(f"and {imported.more} more that could not be taken over", err=True)
