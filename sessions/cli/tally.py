"""Keep count of several things that are tried, of which one that fails does not stop the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from sessions.errors import SessionsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")


SOME_FAILED = 3


class Tally:
    """What became of several scripts: one that fails does not stop the others."""

    def __init__(self) -> None:
        self._failed: list[int] = []

    def tried(
        self, action: Callable[..., T], *arguments: Any, place: str = "", **options: Any
    ) -> Iterator[T]:
        """Give the result of an action, or tell its error, and place, and give nothing."""
        from sessions.cli.problems import plain_text  # noqa: PLC0415 -- for errors only
        from sessions.cli.problems import render as rendered  # noqa: PLC0415

        try:
            result = action(*arguments, **options)
        except SessionsError as error:
            if place:
                click.echo(plain_text(place), err=True)
            click.echo(rendered(error), err=True)
            self._failed.append(error.exit_code)
        else:
            yield result

    def exit_code(self, done: int) -> int:
        """Return the exit code where so many were made: if none, that of the first error."""
        if not self._failed:
            return 0
        return SOME_FAILED if done else self._failed[0]
