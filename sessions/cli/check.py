"""`sessions check`: what is wrong in a script, with its place, and what could be better."""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from sessions.cli.options import complete_names, given, refuse_unused
from sessions.errors import Problem, ScriptError, SessionsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sessions.script.lint import Stretch, Warned
    from sessions.script.model import Script
    from sessions.settings import Settings
    from sessions.timeline import Timeline


@click.command("check")
@click.argument("names", metavar="[NAME|FILE]...", nargs=-1, shell_complete=complete_names)
@click.option("--set", "values", metavar="KEY=VALUE", multiple=True, help="A value: naam=Anna.")
@click.option("--explain", metavar="CODE", help="Say what a warning such as W07 means.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(
    names: tuple[str, ...], values: tuple[str, ...], explain: str | None, *, as_json: bool
) -> int:
    """Find errors and warn of style, with line and column; in all scripts without a name.

    Warnings alone exit with 0. `allow: [W07]` in the front matter says that one is meant.

    \b
    Examples:
      sessions check
      sessions check my-script.md --json
      sessions check --explain W07
    """
    from sessions.script.library import entries  # noqa: PLC0415

    if explain:
        click.echo(explained(explain))
        return 0
    wanted = names or tuple(str(entry.path) for entry in entries())
    seen = Seen()
    for name in wanted:
        shown = seen.look(name, given(values))
        if not as_json:
            click.echo("".join(f"{text}\n\n" for text in shown), err=True, nl=False)
    if not seen.failed:
        refuse_unused(values, seen.scripts)
    if as_json:
        click.echo(json.dumps(seen.rows, ensure_ascii=False, indent=1))
    elif not seen.failed:
        click.echo(f"{len(wanted)} script{'s' * (len(wanted) != 1)}: {counted(seen.warned)}")
    return seen.failed


@dataclass(slots=True)
class Seen:
    """What was found in some scripts; `failed` is the exit code of the first that has errors."""

    failed: int = 0
    warned: int = 0
    rows: list[dict[str, Any]] = field(default_factory=list)
    scripts: list[Script] = field(default_factory=list)

    def look(self, name: str, values: Mapping[str, str]) -> list[str]:
        """Check a script, and return what there is to say of it."""
        from sessions.cli.problems import render  # noqa: PLC0415

        try:
            script, found = examined(name, values)
        except SessionsError as error:
            self.failed = self.failed or error.exit_code
            self.rows += plain(name, error)
            return [render(error)]
        self.scripts.append(script)
        self.warned += len(found)
        self.rows += [row(one.problem, "warning", one.rule.code) for one in found]
        return [render(ScriptError.of([w.problem]), f"warning[{w.rule.code}]") for w in found]


def counted(warned: int) -> str:
    """Return how many warnings there are, in words."""
    return f"{warned} warning{'s' * (warned != 1)}" if warned else "no problems found"


def explained(code: str) -> str:
    """Return what a warning means."""
    from textwrap import fill  # noqa: PLC0415

    from sessions.script.lint import RULES  # noqa: PLC0415

    for rule in RULES:
        if rule.code == code.strip().upper():
            meant = f"To say that it is meant, write `allow: [{rule.code}]` in the front matter."
            return f"{rule.code}: {rule.name}\n\n{fill(rule.explanation, 80)}\n\n{meant}"
    names = "".join(f"\n  {rule.code}  {rule.name}" for rule in RULES)
    raise click.UsageError(f"there is no warning '{code}'. There are:{names}")


def examined(name: str, values: Mapping[str, str]) -> tuple[Script, list[Warned]]:
    """Read a script, look up what it names, and find its style warnings.

    Raises
    ------
    ScriptError
        With all that is wrong, whatever part of the program would have found it.
    """
    from sessions import slots  # noqa: PLC0415
    from sessions.render import check_sounds  # noqa: PLC0415
    from sessions.script.library import drafted, phases  # noqa: PLC0415
    from sessions.script.lint import Reading, lint  # noqa: PLC0415
    from sessions.settings import read_files, resolve  # noqa: PLC0415
    from sessions.voices.cast import check_voices  # noqa: PLC0415

    draft = drafted(name, values)
    script = draft.expanded
    problems = [*draft.problems]
    for look in (
        partial(check_sounds, script, script.meta.background or ()),
        partial(check_voices, script),
        partial(slots.check, script),
    ):
        try:
            look()
        except ScriptError as error:
            problems += error.problems
    if problems:
        raise ScriptError.of(problems)
    guess, crowded = guessed(script, resolve({}, script.meta, read_files()))
    return script, lint(Reading(draft.written, script, phases(draft.written), guess, crowded))


def guessed(script: Script, settings: Settings) -> tuple[tuple[Stretch, ...], tuple[Problem, ...]]:
    """Return how a session goes, chapter by chapter, before it is spoken, and what has no room.

    It has the length that the script asks for, or its shortest where that cannot be reached by
    the guess. A guess is never an error: one that cannot be laid out is none.
    """
    from sessions.render import estimated  # noqa: PLC0415

    crowded: list[Problem] = []
    for fitted in (True, False):
        try:
            return stretches(estimated(script, settings, fitted=fitted)), tuple(crowded)
        except ScriptError as error:
            crowded = [*error.problems]
    return (), tuple(crowded)


def stretches(timeline: Timeline) -> tuple[Stretch, ...]:
    """Return what of each chapter is said and what is silent; what has no cue is left out."""
    from sessions.script.lint import Stretch  # noqa: PLC0415
    from sessions.timeline import Kind  # noqa: PLC0415
    from sessions.units import seconds  # noqa: PLC0415

    starts = [mark.start for mark in timeline.chapters]
    return tuple(
        Stretch(
            cues[0].source,
            seconds(sum(cue.length for cue in cues)),
            seconds(sum(cue.length for cue in cues if cue.kind is Kind.PAUSE)),
            " ".join(cue.text for cue in cues),
        )
        for _, group in groupby(timeline.cues, lambda cue: bisect_right(starts, cue.start))
        for cues in [list(group)]
    )


def plain(name: str, error: SessionsError) -> list[dict[str, Any]]:
    """Return an error's problems as plain values; an error without places is one of them."""
    if not isinstance(error, ScriptError) or not error.problems:
        known = {"message": error.message, "remedy": error.remedy}
        return [{"severity": "error", "path": name, **known}]
    return [row(problem, "error") for problem in error.problems]


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
