"""`sessions render`: the MP3 and its side files."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sessions.cli.options import (
    PLAN_OPTIONS,
    SOUND_OPTIONS,
    complete_names,
    given,
    loaded,
    refuse_unused,
    settings_for,
    with_options,
)
from sessions.cli.progress import notice, progress
from sessions.cli.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sessions.batch.rows import Table
    from sessions.batch.versions import Work
    from sessions.output import Written
    from sessions.publish.report import Report
    from sessions.script.model import Language, Script


@click.command("render")
@click.argument(
    "names", metavar="NAME|FILE...", nargs=-1, required=True, shell_complete=complete_names
)
@with_options(*PLAN_OPTIONS, *SOUND_OPTIONS)
@click.option(
    "--rows", metavar="FILE", help="A table (CSV) of values: a personal version for each row."
)
@click.option("--stems", is_flag=True, help="Voice, bed and cues as WAV files too, with labels.")
@click.option("--force", is_flag=True, help="Render again, even where nothing changed.")
@click.option(
    "--json", "as_json", is_flag=True, help="The reports, as one JSON document on stdout."
)
@click.option("--quiet", is_flag=True, help="Only errors.")
def command(
    names: tuple[str, ...],
    language: Language | None,
    *,
    as_json: bool,
    quiet: bool,
    force: bool,
    stems: bool,
    rows: str | None,
    **flags: Any,
) -> int:
    """Render scripts of the catalogue, or your own files, to MP3 and side files.

    \b
    Examples:
      sessions render bodyscan --minutes 45
      sessions render bodyscan --language en --background "sea -3 dB"
      sessions render monday.md tuesday.md --loudness podcast --output week/
      sessions render welcome.md --rows people.csv
    """
    tally = Tally()
    show = Shown(as_json=as_json, quiet=quiet)
    silent = quiet or as_json
    values = flags.pop("values")
    if rows is not None:
        if len(names) > 1 or stems:
            raise click.UsageError("--rows takes one script, and no --stems")
        from sessions.batch.versions import rendered  # noqa: PLC0415 -- it brings processes

        for work, table in tally.tried(
            work_for, names[0], language, values, Path(rows), flags, force=force
        ):
            for row, result in rendered(work, table.rows, notice(quiet=silent)):
                show.all(tally.tried(result, place=f"{rows}:{row.line}: {row.name}"))
    else:
        found_scripts = (tally.tried(loaded, name, language, values) for name in names)
        scripts = list(chain.from_iterable(found_scripts))
        refuse_clashes(scripts)
        refuse_unused(values, scripts)
        for script in scripts:
            show.all(tally.tried(one, script, flags, force=force, stems=stems, quiet=silent))
    show.finish()
    return tally.exit_code(show.count)


def work_for(
    name: str,
    language: Language | None,
    values: Sequence[str],
    path: Path,
    flags: dict[str, Any],
    *,
    force: bool,
) -> tuple[Work, Table]:
    """Return what is to be rendered for the rows of a table, whose columns its text must say.

    Raises
    ------
    SessionsError
        The table or the script cannot be used.
    """
    from sessions.batch.rows import read_rows  # noqa: PLC0415
    from sessions.batch.versions import Work  # noqa: PLC0415
    from sessions.library.scripts import Shelf, read  # noqa: PLC0415

    table = read_rows(path)
    draft = read(name, language=language)
    settings = settings_for(draft.meta, flags)
    work = Work(draft, Shelf.at(None), given(values), settings, force)
    script = work.script(table.rows[0])
    refuse_unused(values, [script])
    table.refuse_unsaid(script.uses)
    return work, table


@dataclass(slots=True)
class Shown:
    """What is said of what was written, as it comes; or all at once, as JSON."""

    as_json: bool
    quiet: bool
    count: int = 0
    reports: list[dict[str, Any]] = field(default_factory=list)

    def all(self, written: Iterable[Written]) -> None:
        """Say what was written."""
        for result in written:
            self.count += 1
            if self.as_json:
                self.reports.append(result.report.plain)
            elif not self.quiet:
                say(result)
            if not self.quiet:
                warn(result)

    def finish(self) -> None:
        """Say what is said at the end."""
        if self.as_json:
            click.echo(json.dumps(self.reports, ensure_ascii=False, indent=1))


def refuse_clashes(scripts: Sequence[Script]) -> None:
    """Refuse scripts whose outputs would overwrite each other, on any file system."""
    from sessions.output import file_stem  # noqa: PLC0415

    homes: dict[str, str] = {}
    for script in scripts:
        stem = file_stem(script.path).casefold()
        for name in (stem, stem.removesuffix(".chapters")):
            other = homes.setdefault(name, script.path)
            if other != script.path:
                raise click.UsageError(
                    f"{other} and {script.path} would write the same files: rename one, or render "
                    "them apart, each with its own --output"
                )


def one(script: Script, flags: dict[str, Any], *, force: bool, stems: bool, quiet: bool) -> Written:
    """Render one script."""
    from sessions.output import reserve, stems_folder, write, write_stems  # noqa: PLC0415
    from sessions.render import prepared  # noqa: PLC0415

    settings = settings_for(script.meta, flags)
    reserve(settings)
    with (
        progress(script.meta.title, quiet=quiet) as told,
        prepared(script, settings, told, notice(quiet=quiet)) as episode,
    ):
        if stems:
            write_stems(episode)
        written = write(episode, told, force=force)
    folder = stems_folder(episode.session)
    if written.fresh and not stems and folder.is_dir():
        notice(quiet=quiet)(f"{folder} is of an earlier render; --stems renews it")
    return written


def say(written: Written) -> None:
    """Say what was written: the path on stdout, the rest on stderr."""
    from sessions.units import clock  # noqa: PLC0415

    report = written.report
    how = "rendered" if written.fresh else "up to date"
    click.echo(str(written.audio))
    click.echo(
        f"{how}: {clock(report.outline.length_samples)}, {report.audio.bytes / 1e6:.1f} MB, "
        f"voice {report.voice['name']}{loudness(report)}",
        err=True,
    )


def loudness(report: Report) -> str:
    """Say how loud the voice is, and the whole."""
    voice = "" if report.voice_lufs is None else f" at {report.voice_lufs:.1f} LUFS"
    return f"{voice} (all of it {report.loudness_lufs:.1f})"


def warn(written: Written) -> None:
    """Say on stderr what of a file fails the profile that it was made for."""
    from sessions.cli.problems import plain_text  # noqa: PLC0415
    from sessions.cli.verdicts import warnings  # noqa: PLC0415

    for line in warnings(written.audio, written.report.verified):
        click.echo(plain_text(line), err=True)
