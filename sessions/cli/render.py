"""`sessions render`: the MP3 and its side files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from sessions.cli.options import (
    PLAN_OPTIONS,
    SOUND_OPTIONS,
    complete_names,
    loaded,
    settings_for,
    with_options,
)
from sessions.cli.progress import progress
from sessions.errors import SessionsError
from sessions.settings import BITRATES_KBPS, FORMATS

if TYPE_CHECKING:
    from sessions.render import Written

SOME_FAILED = 3


@click.command("render")
@click.argument(
    "names", metavar="NAME|FILE...", nargs=-1, required=True, shell_complete=complete_names
)
@with_options(*PLAN_OPTIONS, *SOUND_OPTIONS)
@click.option(
    "--bitrate",
    "bitrate_kbps",
    type=click.Choice([str(b) for b in BITRATES_KBPS]),
    help="Of the MP3, in kbit/s (default 128).",
)
@click.option("--mono", is_flag=True, default=None, help="One channel.")
@click.option("--format", type=click.Choice(FORMATS), help="mp3 (default), wav or flac.")
@click.option("--output", metavar="DIR", help="Where the files go (default output/).")
@click.option("--force", is_flag=True, help="Render again, even where nothing changed.")
@click.option(
    "--json", "as_json", is_flag=True, help="The reports, as one JSON document on stdout."
)
@click.option("--quiet", is_flag=True, help="Only errors.")
def command(
    names: tuple[str, ...],
    language: str | None,
    *,
    as_json: bool,
    quiet: bool,
    force: bool,
    **flags: Any,
) -> int:
    r"""Render scripts of the catalogue, or your own files, to MP3 and side files.

    \b
    Examples:
      sessions render bodyscan --minutes 45
      sessions render bodyscan --language en --background "sea -3 dB"
      sessions render monday.md tuesday.md --loudness podcast --output week/
    """
    from sessions.cli.problems import render as rendered  # noqa: PLC0415

    if flags["bitrate_kbps"] is not None:
        flags["bitrate_kbps"] = int(flags["bitrate_kbps"])
    reports = []
    codes = []
    for name in names:
        try:
            written = one(name, language, flags, force=force, quiet=quiet or as_json)
        except SessionsError as error:
            if len(names) == 1:
                raise
            click.echo(rendered(error), err=True)
            codes.append(error.exit_code)
            continue
        reports.append(written.report)
        if not as_json and not quiet:
            say(written)
    if as_json:
        click.echo(json.dumps(reports, ensure_ascii=False, indent=1))
    return SOME_FAILED if codes else 0


def one(
    name: str, language: str | None, flags: dict[str, Any], *, force: bool, quiet: bool
) -> Written:
    """Render one script."""
    from sessions.render import prepared, write  # noqa: PLC0415

    script = loaded(name, language)
    settings = settings_for(script, flags)
    with (
        progress(script.meta.title, quiet=quiet) as told,
        prepared(script, settings, told) as episode,
    ):
        return write(episode, told, force=force)


def say(written: Written) -> None:
    """Say what was written: the path on stdout, the rest on stderr."""
    from sessions.units import clock  # noqa: PLC0415

    report = written.report
    how = "rendered" if written.fresh else "up to date"
    click.echo(str(written.audio))
    click.echo(
        f"{how}: {clock(report['length_samples'])}, {report['loudness_lufs']:.1f} LUFS, "
        f"{report['audio']['bytes'] / 1e6:.1f} MB, voice {report['voice']['name']}",
        err=True,
    )
