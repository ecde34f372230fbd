"""`sessions voices cut`: one long recording of a script becomes a file for each line."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sessions.cli.options import LANGUAGE, complete_names, loaded, settings_for
from sessions.cli.voices.cut_told import besides, one_line, told_of
from sessions.cli.voices.own import template_of
from sessions.errors import OutputError

if TYPE_CHECKING:
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
    from sessions.plan import lines  # noqa: PLC0415
    from sessions.render import spoken_script  # noqa: PLC0415
    from sessions.voices.recorded.cut.job import Job  # noqa: PLC0415

    (_, folder), listener = template_of(voice), listening()
    script = loaded(name, language, values)
    spoken = spoken_script(script, settings_for(script.meta, {"voice": voice}))
    job = Job(
        *(tuple(map(Path, recordings)), folder, name, script.meta.title, script.meta.language),
        *(tuple(lines(spoken)), force),
    )
    job.refuse(tried)
    if anew and not force and Path(anew).exists():
        raise OutputError(f"there is a file '{anew}' already", "choose another name, or --force")
    with progress(", ".join(recordings), quiet=quiet) as told:
        if tried:
            path, found = job.try_line(tried, Path("output"), listener, told)
        else:
            found = job.cut(listener, told)
    if tried:
        click.echo(f"{path}: {one_line(job, found.cuts[tried])}")
        for other in found.besides:
            if other.number == tried:
                click.echo(f"  another try: {besides(job, other)}")
        return
    if anew:
        write_anew(Path(anew), job, script, spoken, found)
    if not quiet:
        for row in told_of(job, found, anew):
            click.echo(row)


def listening() -> TimedListener:
    """Return the recognizer, which keeps what it hears."""
    from sessions.hearing.timed import Remembering, timed_whisper  # noqa: PLC0415
    from sessions.script.phrases.choices import Settings  # noqa: PLC0415
    from sessions.settings import caches_of  # noqa: PLC0415

    caches = caches_of(Settings())
    caches.hearings.tend()
    threads = min(4, os.cpu_count() or 1)
    return Remembering(timed_whisper(caches.listener, threads), caches.hearings)


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
