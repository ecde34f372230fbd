"""`sessions check`: everything that is wrong in a script, with its place."""

from __future__ import annotations

import json
from typing import Any

import click

from sessions.cli.options import complete_names, loaded
from sessions.errors import ScriptError, SessionsError


@click.command("check")
@click.argument("names", metavar="[NAME|FILE]...", nargs=-1, shell_complete=complete_names)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(names: tuple[str, ...], *, as_json: bool) -> int:
    """Find the errors of scripts, with line and column; of the whole catalogue without a name.

    \b
    Examples:
      sessions check
      sessions check my-script.md --json
    """
    from sessions.cli.problems import render  # noqa: PLC0415
    from sessions.script.library import entries  # noqa: PLC0415

    wanted = names or tuple(str(entry.path) for entry in entries())
    failed = 0
    rows: list[dict[str, Any]] = []
    for name in wanted:
        try:
            examined(name)
        except SessionsError as error:
            failed = failed or error.exit_code
            rows += plain(name, error)
            if not as_json:
                click.echo(render(error) + "\n", err=True)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    elif not failed:
        click.echo(f"{len(wanted)} script{'s' * (len(wanted) != 1)}: no problems found")
    return failed


def examined(name: str) -> None:
    """Read a script and look up the sounds that it names."""
    from sessions.render import asset_folders  # noqa: PLC0415
    from sessions.sounds.soundscape import check_layers  # noqa: PLC0415

    script = loaded(name, None)
    check_layers(script, script.meta.background or (), asset_folders(script))


def plain(name: str, error: SessionsError) -> list[dict[str, Any]]:
    """Return an error's problems as plain values; an error without places is one of them."""
    if not isinstance(error, ScriptError) or not error.problems:
        return [{"path": name, "message": error.message, "remedy": error.remedy}]
    return [
        {
            "path": problem.source.path,
            "line": problem.source.line,
            "column": problem.source.column,
            "length": problem.length,
            "message": problem.message,
            "remedy": problem.remedy,
        }
        for problem in error.problems
    ]
