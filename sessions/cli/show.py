"""`sessions show`: the plan of a session, before a sound is mixed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from sessions.cli.options import (
    PLAN_OPTIONS,
    complete_names,
    loaded,
    settings_for,
    with_options,
)
from sessions.cli.progress import notice, progress

if TYPE_CHECKING:
    from sessions.render import Plan
    from sessions.timeline import Cue


@click.command("show")
@click.argument("name", metavar="NAME|FILE", shell_complete=complete_names)
@with_options(*PLAN_OPTIONS)
@click.option("--picture", is_flag=True, help="Draw the session over time.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(name: str, language: str | None, *, picture: bool, as_json: bool, **flags: Any) -> None:
    """Show the plan: chapters, cues, times and length. Writes no files.

    \b
    Examples:
      sessions show bodyscan
      sessions show bodyscan --minutes 45
      sessions show bodyscan --picture
      sessions show my-script.md --json
    """
    from sessions.render import planned  # noqa: PLC0415

    script = loaded(name, language, flags.pop("values"))
    settings = settings_for(script, flags)
    with (
        progress(script.meta.title, quiet=as_json) as told,
        planned(script, settings, told, notice(quiet=as_json)) as plan,
    ):
        if as_json:
            click.echo(document(plan))
        elif picture:
            draw(plan)
        else:
            click.echo("\n".join(drawn(plan)))


def draw(plan: Plan) -> None:
    """Draw the plan over time, in colour where a person looks."""
    import shutil  # noqa: PLC0415
    import sys  # noqa: PLC0415

    from sessions.publish.terminal import UNICODE, terminal  # noqa: PLC0415

    styled = sys.stdout.isatty()
    lines = terminal(
        plan.script.meta,
        plan.timeline,
        width=shutil.get_terminal_size().columns,
        styled=styled,
        ascii_only=not encodable(UNICODE.steps + UNICODE.elastic, sys.stdout.encoding),
    )
    if not styled:
        click.echo("\n".join(lines))
        return
    from rich.console import Console  # noqa: PLC0415 -- for terminals only

    Console(highlight=False, soft_wrap=True).print("\n".join(lines), emoji=False)


def encodable(words: str, encoding: str | None) -> bool:
    """Whether an encoding has all characters of a text."""
    try:
        words.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def document(plan: Plan) -> str:
    """Return the plan as JSON."""
    from sessions.publish.report import plan_document  # noqa: PLC0415

    head = {
        "title": plan.script.meta.title,
        "language": plan.script.meta.language,
        "voice": plan.voice.name,
        "background": [{"sound": bed.sound, "gain_db": bed.gain_db} for bed in plan.bed],
    }
    return json.dumps(head | plan_document(plan.timeline), ensure_ascii=False, indent=1)


def drawn(plan: Plan) -> list[str]:
    """Return the plan as lines of text."""
    from sessions.units import clock  # noqa: PLC0415

    timeline = plan.timeline
    reach = (
        f"{clock(timeline.shortest)} to {clock(timeline.longest)} possible"
        if timeline.longest > timeline.shortest
        else "always"
    )
    bed = ", ".join(f"{layer.sound} {layer.gain_db:+g} dB" for layer in plan.bed) or "none"
    rows = [
        plan.script.meta.title,
        f"{clock(timeline.length)} ({reach}), voice {plan.voice.name}, background {bed}",
    ]
    marks = list(timeline.chapters)
    for cue in timeline.cues:
        while marks and marks[0].start <= cue.start:
            rows += ["", f"{clock(marks[0].start):>8}  # {marks.pop(0).title}"]
        rows.append(f"{clock(cue.start):>8}    {described(cue)}")
    return rows


def described(cue: Cue) -> str:
    """Return a cue in words."""
    from sessions.timeline import Kind  # noqa: PLC0415
    from sessions.units import seconds  # noqa: PLC0415

    if cue.kind is Kind.SPEECH:
        return cue.text
    if cue.kind is Kind.ONE_SHOT:
        return f"[{cue.sound}]"
    return f"[{cue.kind} {seconds(cue.length):.1f} s{', elastic' if cue.elastic else ''}]"
