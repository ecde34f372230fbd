"""Draw a session in the terminal, as well as the terminal can."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import click

from sessions.cli.console import encodable

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from sessions.plan import Timeline
    from sessions.script.model import Layer, Meta


def draw(
    meta: Meta,
    timeline: Timeline,
    bed: Sequence[Layer],
    momentary_lufs: NDArray[np.float32] | None,
) -> None:
    """Draw a session over time, in colour where a person looks.

    While bars of progress are drawn, rich stands in for stdout and hides what it can show.
    """
    from sessions.publish.terminal import UNICODE, terminal  # noqa: PLC0415

    styled = sys.stdout.isatty()
    lines = terminal(
        meta,
        timeline,
        momentary_lufs,
        bed=bed,
        width=shutil.get_terminal_size().columns,
        styled=styled,
        ascii_only=not encodable(UNICODE.steps + UNICODE.elastic, sys.stdout.encoding),
    )
    if not styled:
        click.echo("\n".join(lines))
        return
    from rich.console import Console  # noqa: PLC0415 -- for terminals only

    Console(highlight=False, soft_wrap=True).print("\n".join(lines), emoji=False)
