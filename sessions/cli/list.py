"""`sessions list`: the catalogue."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sessions.script.model import Language

from sessions.cli.options import LANGUAGE


@click.command("list")
@click.option("--language", type=LANGUAGE, help="Only this language.")
@click.option("--category", metavar="C", help="Only this category, such as body-scan.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(language: Language | None, category: str | None, *, as_json: bool) -> None:
    """Show the scripts that there are to render.

    \b
    Examples:
      sessions list --language en
      sessions list --category body-scan --json
    """
    from sessions.library.catalogue import entries  # noqa: PLC0415

    found = [
        entry
        for entry in entries()
        if language in (None, entry.language) and category in (None, entry.category)
    ]
    if as_json:
        fields = ("name", "language", "title", "summary", "category", "phase", "technique")
        rows = [{field: getattr(entry, field) for field in fields} for entry in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    if not found:
        click.echo("no script matches; try `sessions list` alone", err=True)
        return
    width = max(len(entry.name) for entry in found)
    for entry in found:
        click.echo(f"{entry.language}  {entry.name:<{width}}  {entry.title}")
