"""What a profile says of a file, in words: shared by `verify` and `render`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sessions.publish.report import Verdict, Verified


def amount(verdict: Verdict) -> str:
    """Return a figure with its unit."""
    if verdict.value is None:
        return "none"
    if verdict.id == "length":
        from sessions.units import clock, samples  # noqa: PLC0415

        return clock(samples(verdict.value))
    unit = verdict.unit.removesuffix("s") if verdict.value == 1 else verdict.unit
    return f"{figure(verdict.value)} {unit or verdict.unit}".rstrip()


def bounds(verdict: Verdict) -> str:
    """Return what is allowed."""
    low, high = verdict.low, verdict.high
    if low is not None and high is not None:
        return f"{figure(low)} to {figure(high)}"
    if low is not None:
        return f"at least {figure(low)}"
    return "" if high is None else f"at most {figure(high)}"


def figure(value: float) -> str:
    """Return a number, which was rounded to what it is worth, with all its digits."""
    return f"{value:,.12g}"


def warnings(audio: Path, verified: Verified) -> Iterator[str]:
    """Give the lines of a report that fail, and that the file was made all the same."""
    failing = [line for line in verified.lines if line.outcome == "fail"]
    for line in failing:
        note = f" ({line.note})" if line.note else ""
        yield f"warning: {line.name}: {amount(line)}, may be {bounds(line)}{note}"
        yield f"  = help: {line.remedy}"
    if failing:
        judged = sum(line.outcome != "-" for line in verified.lines)
        yield (
            f"{len(failing)} of {judged} lines fail as {verified.profile}; the files are there, "
            f"`sessions verify {audio}` shows all lines"
        )
