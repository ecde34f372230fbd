"""`sessions new`: a script to begin with, or one made of a text from elsewhere."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from sessions.cli.options import LANGUAGE
from sessions.errors import OutputError, ScriptError, StorageError

if TYPE_CHECKING:
    from sessions.script.importing.taking import Imported, NoteGroup
    from sessions.script.model import Language

STANDARD_INPUT: Final = "-"


@click.command("new")
@click.argument("name", metavar="NAME")
@click.option("--language", type=LANGUAGE, help="Dutch or English; else Dutch, or as a text is.")
@click.option("--from", "origin", metavar="FILE", help="A text to take over; - for standard input.")
def command(name: str, language: Language | None, origin: str | None) -> None:
    """Write a script NAME.md: a starter, or what a text from elsewhere holds.

    A text is Word, OpenDocument, RTF, a web page, captions, JSON, SSML, Speech Markdown, Markdown
    or plain. What could not be taken over is listed, with its place, and stands as a comment at the
    top of the script. A file that is there stays as it is.

    \b
    Examples:
      sessions new my-evening --language en
      sessions new body-scan-2 --from pasted.docx
      sessions new calm --from speech.ssml
      sessions new pasted --from -
    """
    from sessions.library.starter import starter  # noqa: PLC0415
    from sessions.script.model import Language  # noqa: PLC0415
    from sessions.storage.files import write_bytes  # noqa: PLC0415

    path = Path(name if name.lower().endswith(".md") else f"{name}.md")
    if path.exists():
        raise OutputError(f"there is a file '{path}' already", "choose another name")
    imported = taken_over(origin, language, path) if origin else None
    if imported and origin:
        text = with_notes(imported, origin)
    else:
        text = starter(language or Language.DUTCH, path.stem.replace("-", " ").capitalize())
    write_bytes(path, text.encode(), "choose another name")
    click.echo(str(path))
    if imported:
        tell(imported)


def taken_over(origin: str, language: Language | None, path: Path) -> Imported:
    """Return what a file holds, or standard input, for a script at a path."""
    from sessions.check.intake import taken_in  # noqa: PLC0415
    from sessions.library.texts import read_document  # noqa: PLC0415
    from sessions.settings import read_files  # noqa: PLC0415

    data = pasted() if origin == STANDARD_INPUT else read_document(origin)
    told = "standard input" if origin == STANDARD_INPUT else origin
    name = path.stem if origin == STANDARD_INPUT else Path(origin).stem
    return taken_in(data, told, language, path.parent, read_files(), name=name)


def pasted() -> bytes:
    """Return what standard input holds; whoever types it is told how to end."""
    from sessions.library.texts import MAX_DOCUMENT_BYTES  # noqa: PLC0415

    if sys.stdin.isatty():
        end = "Ctrl+Z and Enter" if os.name == "nt" else "Ctrl+D"
        click.echo(f"Paste the text, then press Enter and {end}.", err=True)
    data = sys.stdin.buffer.read(MAX_DOCUMENT_BYTES + 1)
    if len(data) > MAX_DOCUMENT_BYTES:
        message = f"standard input is larger than {MAX_DOCUMENT_BYTES >> 20} MiB"
        raise StorageError(message, "split the text")
    return data


def with_notes(imported: Imported, origin: str) -> str:
    """Return the text of a script, below its front matter a comment with the notes."""
    from sessions.script import frontmatter  # noqa: PLC0415

    if not imported.notes:
        return imported.text
    rows = [f"Taken over from {origin if origin != STANDARD_INPUT else 'standard input'}."]
    rows += [f"- {lines_of(note)}: {note.message}{remedied(note)}" for note in imported.notes]
    comment = "\n".join(rows).replace("-->", "-- >")  # which would end it
    front = frontmatter.lines(imported.text)
    lines = imported.text.split("\n")
    return "\n".join([*lines[:front], f"<!--\n{comment}\n-->", *lines[front:]])


def lines_of(note: NoteGroup) -> str:
    """Return the lines of a note in words: `line 3`, `lines 3, 5 to 7`."""
    runs: list[list[int]] = []
    for line in note.lines:
        if runs and line == runs[-1][-1] + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    words = [f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs]
    return f"line{'s' * (len(note.lines) > 1)} {', '.join(words)}"


def remedied(note: NoteGroup) -> str:
    """Return what helps, to stand behind a note."""
    return f" ({note.remedy})" if note.remedy else ""


def tell(imported: Imported) -> None:
    """List on stderr what could not be taken over, one note for all of a kind."""
    from dataclasses import replace  # noqa: PLC0415

    from sessions.cli.problems import render  # noqa: PLC0415

    for note in imported.notes:
        times = f"{note.count} times: " if note.count > 1 else ""
        problem = replace(note.problems[0], message=f"{times}{note.message}")
        text = render(ScriptError.of([problem]), "note")
        if len(note.lines) > 1:
            text += f"\n  = {lines_of(note)}"
        click.echo(text + "\n", err=True)
