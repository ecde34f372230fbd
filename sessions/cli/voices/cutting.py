"""`sessions voices cut`: one long recording of a script becomes a file for each line."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sessions.cli.options import LANGUAGE, complete_names, loaded, settings_for
from sessions.cli.voices.cut_told import told_of, told_of_try
from sessions.cli.voices.own import template_of
from sessions.errors import OutputError
from sessions.storage.files import opened, see_writable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sessions.hearing.timed import TimedListener
    from sessions.script.model import Language, Script
    from sessions.voices.recorded.cut.findings import Cutting
    from sessions.voices.recorded.cut.job import Job


@click.command("cut")
@click.argument("recordings", metavar="RECORDING...", nargs=-1, required=True)
@click.option(
    "--script", "name", metavar="NAME|FILE", required=True, shell_complete=complete_names,
    help="What is read aloud.",
)  # fmt: skip
@click.option("--voice", metavar="recorded:DIR", required=True, help="Where the lines are to go.")
@click.option("--language", type=LANGUAGE, help="The script in this language.")
@click.option("--set", "values", metavar="KEY=VALUE", multiple=True, help="A value in the script.")
@click.option(
    "--try", "tried", metavar="LINE", type=click.IntRange(1),
    help="Cut only the line of this number, into output/, and say where it is.",
)  # fmt: skip
@click.option(
    "--keep-pauses", "anew", metavar="NEW.md",
    help="Write the script anew, with your own pauses between its lines.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Write over files that are there.")
@click.option("--quiet", is_flag=True, help="Only errors.")
def cut_recordings(  # noqa: PLR0913 -- one for each option
    recordings: tuple[str, ...],
    name: str,
    voice: str,
    language: Language | None,
    values: tuple[str, ...],
    tried: int | None,
    anew: str | None,
    *,
    force: bool,
    quiet: bool,
) -> None:
    """Cut one long recording of a script, or several in order, into a file for each line.

    Read the script aloud, or the list of lines, and say a line again where it did not come out
    well: the last whole one is kept. A recognizer finds the lines; it comes with the extra `listen`
    and works offline. Labels for Audacity beside the lines show what is where.

    \b
    Examples:
      sessions voices cut take.wav --script bodyscan --voice recorded:my-voice
      sessions voices cut take.wav --script bodyscan --voice recorded:my-voice --try 7
      sessions voices cut one.flac two.flac --script my.md --voice recorded:me --keep-pauses new.md
    """
    from sessions.cli.progress import progress  # noqa: PLC0415

    if anew and tried:
        raise click.UsageError("--keep-pauses is of all lines, and --try of one: leave one out")
    paths, (_, folder) = tuple(map(Path, recordings)), template_of(voice)
    refuse_missing(paths)
    script = loaded(name, language, values)
    if anew:
        refuse_anew(Path(anew), script, paths, force=force)
    spoken, job = job_of(script, name, folder, paths, voice=voice, force=force)
    job.refuse(tried)
    listener = listening()
    with progress(", ".join(recordings), quiet=quiet) as told:
        if tried:
            path, found = job.try_line(tried, Path("output"), listener, told)
        else:
            found = job.cut(listener, told)
    if tried:
        rows = told_of_try(job, found, tried, path)
    else:
        if anew:
            write_anew(Path(anew), job, script, spoken, found)
        rows = iter(()) if quiet else told_of(job, found, anew)
    for row in rows:
        click.echo(row)


def refuse_missing(paths: Sequence[Path]) -> None:
    """Refuse recordings that cannot be opened, before anything heavy is imported."""
    for path in paths:
        with opened(path):
            pass


def refuse_anew(path: Path, script: Script, recordings: Sequence[Path], *, force: bool) -> None:
    """Refuse where a new script cannot be written, and a place of what is cut in any case."""
    elsewhere = "choose another name with --keep-pauses"
    sources = {Path(part.source.path) for part in script.parts}
    for other in (*sources, *recordings):
        if path.exists() and other.exists() and path.samefile(other):
            raise OutputError(f"'{path}' is what is cut, and is not written over", elsewhere)
    if path.is_dir():
        raise OutputError(f"'{path}' is a folder, not a file", elsewhere)
    if path.exists() and not force:
        raise OutputError(f"there is a file '{path}' already", "choose another name, or --force")
    see_writable(path.parent, elsewhere)


def job_of(
    script: Script,
    name: str,
    folder: Path,
    paths: tuple[Path, ...],
    *,
    voice: str,
    force: bool,
) -> tuple[Script, Job]:
    """Return a script as it is spoken, and what is to be cut of it."""
    from sessions.plan import lines  # noqa: PLC0415
    from sessions.render import spoken_script  # noqa: PLC0415
    from sessions.voices.recorded.cut.job import Job  # noqa: PLC0415

    spoken = spoken_script(script, settings_for(script.meta, {"voice": voice}))
    meta = script.meta
    job = Job(paths, folder, name, meta.title, meta.language, tuple(lines(spoken)), force)
    return spoken, job


def listening() -> TimedListener:
    """Return the recognizer, which keeps what it hears."""
    from sessions.hearing.timed import Remembering, timed_identity, timed_whisper  # noqa: PLC0415
    from sessions.script.phrases.choices import Settings  # noqa: PLC0415
    from sessions.settings import caches_of  # noqa: PLC0415

    caches = caches_of(Settings())
    caches.hearings.tend()
    threads = min(4, os.cpu_count() or 1)
    listener = timed_whisper(caches.listener, threads)
    return Remembering(listener, caches.hearings, timed_identity())


def write_anew(path: Path, job: Job, script: Script, spoken: Script, found: Cutting) -> None:
    """Write a script with the pauses of its reader."""
    from sessions.plan.words import line_of  # noqa: PLC0415
    from sessions.script.model import Speech  # noqa: PLC0415
    from sessions.script.writer import write  # noqa: PLC0415
    from sessions.storage.files import write_bytes  # noqa: PLC0415
    from sessions.voices.recorded.cut.pauses import pause_after, with_pauses  # noqa: PLC0415

    said = [part for part in spoken.parts if isinstance(part, Speech)][::-1]
    numbers = []
    for part in script.parts:  # those without a word are not spoken
        is_said = isinstance(part, Speech) and said and said[-1].source == part.source
        numbers.append(job.number(line_of(said.pop())) if is_said else 0)
    draft = with_pauses(script, numbers, partial(pause_after, found))
    write_bytes(path, write(draft).encode(), "choose another name with --keep-pauses")
