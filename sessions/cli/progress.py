"""Progress, on a terminal only, and notices; always on stderr."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

STAGES = {"speak": "speaking", "mix": "mixing", "download": "downloading",
          "check": "checking", "listen": "listening", "write": "writing"}  # fmt: skip


@contextmanager
def progress(title: str, *, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Give a function to be told of `(stage, done, total)`; it draws bars where a person looks."""
    if quiet or not sys.stderr.isatty():
        yield lambda stage, done, total: None  # noqa: ARG005
        return
    from rich.console import Console  # noqa: PLC0415 -- 30 ms that a pipe saves
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description:>10}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        bars.console.print(title, style="bold", markup=False)
        tasks = {}

        def told(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(STAGES[stage], total=total)
            bars.update(tasks[stage], completed=done)

        yield told


def notice(*, quiet: bool) -> Callable[[str], None]:
    """Return what tells a person something, once per run."""
    return silence if quiet else say


def silence(_text: str) -> None:
    """Tell nobody."""


@cache
def say(text: str) -> None:
    """Say something on stderr; the same thing only once."""
    click.echo(f"note: {text}", err=True)
