"""What was found in a folder of recordings, in words and as values: for `voices check`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from sessions.cli.problems import plain_text
from sessions.cli.tally import SOME_FAILED
from sessions.errors import MAX_PROBLEMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from sessions.voices.recorded.examine import Examined, Looked, Wanted
    from sessions.voices.recorded.judge import Finding

HEAD_CHARACTERS = 60


def no_list(folder: Path) -> None:
    """Tell that nobody knows what is said."""
    click.echo(
        f"note: there is no lines.txt with lines in {plain_text(str(folder))}: what is said, and "
        "which lines are missing, is not known",
        err=True,
    )


def without_number(texts: Sequence[str], again: str) -> None:
    """Tell that a script has lines that are in no list yet."""
    head = plain_text(texts[0][:HEAD_CHARACTERS])
    what = "1 line of the script has" if len(texts) == 1 else f"{len(texts)} lines have"
    click.echo(f"note: {what} no number yet, such as '{head}': {plain_text(again)}", err=True)


def exit_code(found: Examined, something_to_do: int) -> int:
    """Return the exit code: as of several files, of which some may be unreadable."""
    errors = [one.error for one in found.looked if one.error]
    if errors:
        return errors[0].exit_code if len(errors) == len(found.looked) else SOME_FAILED
    return 0 if found.fine else something_to_do


def report(
    folder: Path, found: Examined, known: Mapping[int, Wanted], script: str | None
) -> Iterator[str]:
    """Give all there is to say, the worst first; what helps is said once of each kind."""
    helped: set[str] = set()
    for one in found.looked:
        name = plain_text(f"line {one.number:03} ({one.path.name})")
        if one.error:
            yield f"{name}: {plain_text(one.error.message)}"
            yield f"  = help: {plain_text(one.error.remedy)}"
        for finding in one.findings:
            yield f"{name}: {plain_text(finding.message)}"
            if finding.rule not in helped or finding.rule == "words":
                yield f"  = help: {finding.remedy}"
            helped.add(finding.rule)
    yield from _told_of_files(found, known)
    yield from _summary(folder, found, script)


def _told_of_files(found: Examined, known: Mapping[int, Wanted]) -> Iterator[str]:
    for number, paths in found.twice.items():
        names = plain_text(", ".join(path.name for path in paths))
        yield f"line {number:03}: {len(paths)} recordings: {names}"
        yield "  = help: keep the best; a session cannot be made of two"
    for path in found.unlisted:
        yield f"{plain_text(path.name)}: no line has this number"
        yield "  = help: rename it to the number of its line in lines.txt, or take it away"
    for path in found.unnumbered:
        yield f"{plain_text(path.name)}: its name does not begin with a number"
        yield "  = help: name it after its line, such as 001, or take it away"
    if not found.missing:
        return
    what = "line is" if len(found.missing) == 1 else "lines are"
    yield f"{len(found.missing)} {what} not recorded yet:"
    for number in found.missing[:MAX_PROBLEMS]:
        yield f"    {number:03}  {plain_text(known[number].text[:HEAD_CHARACTERS])}"
    if len(found.missing) > MAX_PROBLEMS:
        yield f"    and {len(found.missing) - MAX_PROBLEMS} more"


def _summary(folder: Path, found: Examined, script: str | None) -> Iterator[str]:
    count = len(found.looked)
    recordings = "1 recording" if count == 1 else f"{count} recordings"
    bad = [one for one in found.looked if one.worse]
    if bad:
        kinds = Counter(kind for one in bad for kind in _kinds(one))
        told = ", ".join(f"{kind} {times}" for kind, times in kinds.most_common())
        yield f"{recordings}: something to do about {len(bad)} ({told})"
    elif not found.fine:
        yield f"{recordings}: those that are there are fine"
    else:
        name = script or "NAME"
        yield f"{recordings}: all fine"
        yield plain_text(f"  = next: sessions render {name} --voice recorded:{folder}")


def _kinds(one: Looked) -> Iterator[str]:
    if one.error:
        yield "unreadable"
    yield from (finding.rule for finding in one.findings)


def document(
    folder: Path, found: Examined, known: Mapping[int, Wanted], *, listened: bool
) -> dict[str, Any]:
    """Return what was found as plain values."""
    return {
        "folder": str(folder),
        "fine": found.fine,
        "listened": listened,
        "recordings": [_row(one) for one in found.looked],
        "missing": [{"line": number, "text": known[number].text} for number in found.missing],
        "twice": [
            {"line": number, "files": [path.name for path in paths]}
            for number, paths in found.twice.items()
        ],
        "unlisted": [path.name for path in found.unlisted],
        "unnumbered": [path.name for path in found.unnumbered],
    }


def _row(one: Looked) -> dict[str, Any]:
    row: dict[str, Any] = {"line": one.number, "file": one.path.name}
    if one.error:
        return {**row, "error": one.error.message, "remedy": one.error.remedy, "findings": []}
    if one.take is not None:
        measured = one.take.measured
        row |= {
            "text": one.take.text,
            "seconds": round(measured.seconds, 3),
            "words_db": round(measured.words_db, 2),
            "noise_db": round(measured.noise_db, 2),
            "peak_db": round(measured.peak_db, 2),
            "fading_seconds": measured.fading_seconds and round(measured.fading_seconds, 3),
        }
    return {**row, "heard": one.heard, "findings": [_values(finding) for finding in one.findings]}


def _values(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "value": round(finding.value, 3),
        "unit": finding.unit,
        "low": finding.low,
        "high": finding.high,
        "message": finding.message,
        "remedy": finding.remedy,
    }
