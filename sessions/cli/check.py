"""`sessions check`: what is wrong in a script, with its place, and what could be better."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sessions.cli.options import complete_names, given, refuse_unused
from sessions.errors import Problem, ScriptError, SessionsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sessions.batch.rows import Row, Table
    from sessions.check.examine import Examined
    from sessions.library.scripts import Drafted
    from sessions.script.model import Script


@click.command("check")
@click.argument("names", metavar="[NAME|FILE]...", nargs=-1, shell_complete=complete_names)
@click.option("--set", "values", metavar="KEY=VALUE", multiple=True, help="A value: naam=Anna.")
@click.option(
    "--rows", metavar="FILE", help="A table (CSV) of values: check the version of each row."
)
@click.option("--explain", metavar="CODE", help="Say what a warning such as W07 means.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(
    names: tuple[str, ...],
    values: tuple[str, ...],
    rows: str | None,
    explain: str | None,
    *,
    as_json: bool,
) -> int:
    """Find errors and warn of style, with line and column; in all scripts without a name.

    Warnings alone exit with 0. `allow: [W07]` in the front matter says that one is meant.

    \b
    Examples:
      sessions check
      sessions check my-script.md --json
      sessions check welcome.md --rows people.csv
      sessions check --explain W07
    """
    from sessions.library.catalogue import entries  # noqa: PLC0415
    from sessions.settings import read_files  # noqa: PLC0415

    if explain:
        click.echo(explained(explain))
        return 0
    if rows is not None and len(names) != 1:
        raise click.UsageError("--rows takes one script")
    wanted = names or tuple(str(entry.path) for entry in entries())
    seen = Seen(read_files())
    what = "script"
    if rows is None:
        for name in wanted:
            draft = seen.read(name)
            seen.told += seen.look(draft, given(values)) if draft else []
    else:
        what = "version"
        seen.look_at_rows(wanted[0], given(values), Path(rows))
    if not seen.failed:
        refuse_unused(values, seen.scripts)
    if as_json:
        click.echo(json.dumps([one.row for one in seen.told], ensure_ascii=False, indent=1))
        return seen.failed
    click.echo("".join(f"{one.text}\n\n" for one in seen.told), err=True, nl=False)
    if not seen.failed:
        found = counted(len(seen.told), "warning") if seen.told else "no problems found"
        click.echo(f"{counted(seen.count, what)}: {found}")
    return seen.failed


def counted(number: int, what: str) -> str:
    """Return a number of things in words."""
    return f"{number} {what}{'s' * (number != 1)}"


@dataclass(slots=True)
class Told:
    """Something to say of a script: in words, as data, and of which rows of a table."""

    text: str
    row: dict[str, Any]
    needed_seconds: float = 0.0
    lines: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Seen:
    """What was found in some scripts; `failed` is the exit code of the first that has errors.

    `files` is what the settings files say.
    """

    files: Mapping[str, Any]
    failed: int = 0
    count: int = 0
    told: list[Told] = field(default_factory=list)
    scripts: list[Script] = field(default_factory=list)

    def read(self, name: str) -> Drafted | None:
        """Read a script; None where nothing of it can be read, which is told."""
        from sessions.library.scripts import drafted  # noqa: PLC0415

        try:
            return drafted(name)
        except SessionsError as error:
            self.failed = self.failed or error.exit_code
            self.count += 1
            self.told += errors(name, error)
            return None

    def look(self, draft: Drafted, values: Mapping[str, str]) -> list[Told]:
        """Check a script that was read, and return what there is to say of it."""
        from sessions.check.examine import examined  # noqa: PLC0415

        self.count += 1
        try:
            found = examined(draft, values, self.files)
        except SessionsError as error:
            self.failed = self.failed or error.exit_code
            return errors(draft.draft.path, error)
        if found.wrong:
            self.failed = self.failed or ScriptError.exit_code
            told = [*errors(draft.draft.path, ScriptError.of(found.wrong)), *warnings(found)]
            return sorted(told, key=lambda one: (one.row["line"], one.row["column"]))
        self.scripts.append(found.script)
        return warnings(found)

    def look_at_rows(self, name: str, values: Mapping[str, str], path: Path) -> None:
        """Check the version of each row of a table; what is the same in several is told once.

        Of a slot that is too short the version is told that needs it to be the longest.
        """
        from sessions.batch.rows import read_rows  # noqa: PLC0415
        from sessions.cli.problems import plain_text  # noqa: PLC0415

        try:
            table = read_rows(path)
        except SessionsError as error:
            self.failed = error.exit_code
            self.told = errors(str(path), error)
            return
        draft = self.read(name)
        if draft is None:
            return
        unlike: dict[tuple[Any, ...], Told] = {}
        for row in told_of(table):
            self.scripts = self.scripts[-1:]
            for one in self.look(draft, {**values, **row.values}):
                place = tuple(one.row.get(key) for key in ("code", "path", "line", "column"))
                key = place if one.needed_seconds else (*place, one.row["message"])
                other = unlike.setdefault(key, one)
                if one.needed_seconds > other.needed_seconds:
                    unlike[key] = replace(one, lines=other.lines)
                unlike[key].lines.append(row.line)
        self.told = list(unlike.values())
        for one in self.told:
            one.row["rows"] = one.lines
            rows = ", ".join(map(str, one.lines[:5])) + ", …" * (len(one.lines) > 5)
            one.text += f"\n  = in {len(one.lines)} of {self.count} versions: "
            one.text += plain_text(f"{path}:{rows}")
        if self.scripts:
            self.add_unsaid(table)

    def add_unsaid(self, table: Table) -> None:
        """Find the columns of a table that the script does not say."""
        try:
            table.refuse_unsaid(self.scripts[0].uses)
        except ScriptError as error:
            self.failed = self.failed or error.exit_code
            self.told += errors(str(table.path), error)


def told_of(table: Table) -> Iterator[Row]:
    """Give the rows of a table, and tell how far they have come."""
    from sessions.cli.progress import progress  # noqa: PLC0415

    with progress(str(table.path), quiet=False) as told:
        for done, row in enumerate(table.rows, 1):
            yield row
            told("check", done, len(table.rows))


def errors(name: str, error: SessionsError) -> list[Told]:
    """Return what there is to say of a script with errors; one without places is one of them."""
    from sessions.cli.problems import render  # noqa: PLC0415

    if not isinstance(error, ScriptError) or not error.problems:
        known = {"message": error.message, "remedy": error.remedy}
        return [Told(render(error), {"severity": "error", "path": name, **known})]
    return [
        Told(render(ScriptError.of([problem])), row(problem, "error")) for problem in error.problems
    ]


def warnings(found: Examined) -> list[Told]:
    """Return the warnings of a script."""
    from sessions.cli.problems import render  # noqa: PLC0415

    return [
        Told(
            render(ScriptError.of([one.problem]), f"warning[{one.rule.code}]"),
            row(one.problem, "warning", one.rule.code),
            found.needed_seconds.get(one.problem.source, 0.0) if one.rule.code == "W11" else 0.0,
        )
        for one in found.warned
    ]


def explained(code: str) -> str:
    """Return what a warning means."""
    from textwrap import fill  # noqa: PLC0415

    from sessions.check.rules import RULES  # noqa: PLC0415

    for rule in RULES:
        if rule.code == code.strip().upper():
            meant = f"To say that it is meant, write `allow: [{rule.code}]` in the front matter."
            return f"{rule.code}: {rule.name}\n\n{fill(rule.explanation, 80)}\n\n{meant}"
    names = "".join(f"\n  {rule.code}  {rule.name}" for rule in RULES)
    raise click.UsageError(f"there is no warning '{code}'. There are:{names}")


def row(problem: Problem, severity: str, code: str = "") -> dict[str, Any]:
    """Return a problem as plain values."""
    return {
        "severity": severity,
        **({"code": code} if code else {}),
        "path": problem.source.path,
        "line": problem.source.line,
        "column": problem.source.column,
        "length": problem.length,
        "message": problem.message,
        "remedy": problem.remedy,
    }
