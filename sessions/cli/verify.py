"""`sessions verify`: what a finished file measures, and whether that suits its place."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import click

from sessions.cli import heard as hearing
from sessions.cli.tally import Tally
from sessions.cli.verdicts import amount, bounds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sessions.hearing.listener import Listener
    from sessions.publish.report import Verdict
    from sessions.verify.heard import Heard
    from sessions.verify.measure import Measurements
    from sessions.verify.profiles import Profile

PROFILE_NAMES = ("bedtime", "podcast-apple", "podcast-spotify", "insight-timer")
SOME_LINES_FAIL = 1
COLOURS = {"pass": "green", "fail": "red", "-": "bright_black"}


@dataclass(frozen=True, slots=True)
class Judged:
    """A file with its measurements and what a profile says of them."""

    path: str
    profile: Profile
    measurements: Measurements
    verdicts: tuple[Verdict, ...]
    heard: Heard | None = None

    @property
    def failures(self) -> int:
        """How many lines fail."""
        return sum(verdict.outcome == "fail" for verdict in self.verdicts)


def complete_files(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[Any]:
    """Let the shell complete the names of files; `click.Path` would also look at them."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415

    return [CompletionItem(begun, type="file")]


@click.command("verify")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, shell_complete=complete_files)
@click.option("--profile", type=click.Choice(PROFILE_NAMES), help="What to judge by.")
@click.option("--listen", is_flag=True, help="Hear every line back, and tell what is understood.")
@click.option(
    "--understood",
    type=hearing.Share(),
    metavar="SHARE",
    help="Fail under this share of words, such as 90%; with --listen.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(
    files: tuple[str, ...],
    profile: str | None,
    *,
    listen: bool,
    understood: float | None,
    as_json: bool,
) -> int:
    """Measure finished audio files, yours or anyone's, and say per line whether they pass.

    Without --profile, a render of ours is judged by what it was made for, and any other file as a
    podcast episode. The exit code is 0 when every line passes, and 1 when one fails.

    With --listen a recognizer hears each spoken line of a render of ours, over its bed, and tells
    which it understood otherwise than they are written.

    \b
    Examples:
      sessions verify output/bodyscan.mp3
      sessions verify episode.mp3 --profile podcast-spotify
      sessions verify output/*.mp3 --json
      sessions verify output/bodyscan.mp3 --listen --understood 90%
    """
    if understood is not None and not listen:
        raise click.UsageError("--understood is a bound of --listen: give both")
    listener = hearing.loaded() if listen else None  # for all files, before one is measured
    tally = Tally()
    judged: list[Judged] = []
    for file in files:
        for result in tally.tried(
            examined, file, profile, listener, understood=understood, quiet=as_json
        ):
            judged.append(result)
            if not as_json:
                click.echo("\n".join(["", *table(result)] if len(judged) > 1 else table(result)))
    if as_json:
        click.echo(json.dumps([document(row) for row in judged], ensure_ascii=False, indent=1))
    if code := tally.exit_code(len(judged)):
        return code
    return SOME_LINES_FAIL if any(row.failures for row in judged) else 0


def examined(
    file: str,
    profile_name: str | None,
    listener: Listener | None = None,
    *,
    understood: float | None = None,
    quiet: bool = False,
) -> Judged:
    """Measure one file, hear it where that is asked for, and judge it."""
    from pathlib import Path  # noqa: PLC0415

    from sessions.script.phrases.choices import Settings  # noqa: PLC0415
    from sessions.verify.measure import measure  # noqa: PLC0415
    from sessions.verify.planned import Planned, report_beside  # noqa: PLC0415
    from sessions.verify.profiles import PROFILES, implied, judge  # noqa: PLC0415

    path = Path(file)
    report = report_beside(path)
    plan = None if report is None else Planned.of(report)
    found = measure(path, plan, Settings().threads)
    profile = PROFILES[profile_name] if profile_name else implied(plan)
    verdicts = judge(found, profile)
    if listener is None:
        return Judged(file, profile, found, verdicts)
    from sessions.verify.heard import verdicts as judged_by_ear  # noqa: PLC0415

    heard = hearing.heard_in(path, report, listener, quiet=quiet)
    return Judged(file, profile, found, verdicts + judged_by_ear(heard, understood), heard)


def document(judged: Judged) -> dict[str, Any]:
    """Return a judged file as plain values, figures rounded to what they are worth."""
    # momentary loudness is a curve of thousands of points: the picture shows it
    fields = {
        name: round(value, 3) if isinstance(value, float) else value
        for name, value in asdict(judged.measurements).items()
        if name != "momentary_lufs"
    }
    heard = {} if judged.heard is None else {"heard": hearing.document(judged.heard)}
    return {
        "file": judged.path,
        "profile": judged.profile.name,
        "source": judged.profile.source,
        "passed": not judged.failures,
        "lines": [asdict(verdict) for verdict in judged.verdicts],
        "measurements": fields,
        **heard,
    }


def table(judged: Judged) -> Iterator[str]:
    """Give a judged file as lines: pass or fail, what, how much, what is allowed."""
    from sessions.cli.problems import plain_text  # noqa: PLC0415

    yield f"{plain_text(judged.path)}: {judged.profile.name}"
    for verdict in judged.verdicts:
        mark = click.style(f"{verdict.outcome:<4}", fg=COLOURS[verdict.outcome])
        note = f"  ({plain_text(verdict.note)})" if verdict.note else ""
        row = f"{verdict.name:<24}{amount(verdict):>14}  {bounds(verdict):<16}"
        yield f"  {mark}  {row.rstrip()}{note}"
        if verdict.remedy:
            yield f"        = help: {verdict.remedy}"
    judged_lines = sum(verdict.outcome != "-" for verdict in judged.verdicts)
    yield (
        f"{judged.failures} of {judged_lines} lines fail"
        if judged.failures
        else f"all {judged_lines} lines pass"
    )
    if judged.heard is not None:
        yield from hearing.table(judged.heard)
