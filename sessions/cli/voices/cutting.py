"""`sessions voices cut`: one long recording of a script becomes a file for each line."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sessions.cli.options import LANGUAGE, complete_names, loaded, settings_for
from sessions.cli.voices.own import template_of
from sessions.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sessions.hearing.timed import TimedListener
    from sessions.script.model import Language, Script
    from sessions.voices.recorded.cut.findings import Besides, Cut, Cutting
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


def told_of(job: Job, found: Cutting, anew: str | None) -> Iterator[str]:
    """Give what is told of recordings that were cut."""
    written = job.written(found)
    yield f"{job.folder}: {len(written)} lines cut"
    if kept := [number for number in found.cuts if number not in written]:
        numbers = ", ".join(f"{number:03}" for number in kept)
        yield f"{len(kept)} were there already, and stay (--force writes over them): {numbers}"
    doubtful = [found.cuts[number] for number in written if found.cuts[number].doubtful]
    if doubtful:
        yield f"{len(doubtful)} to listen to, for they were heard otherwise:"
        yield from (f"  {one_line(job, one)}" for one in doubtful)
    if found.unsaid:
        yield f"{len(found.unsaid)} not said, or never whole:"
        yield from (f"  {one.number:03}  {one.text}" for one in found.unsaid)
    if found.besides:
        yield "besides, not kept:"
        yield from (f"  {besides(job, one)}" for one in found.besides)
    yield f"labels for Audacity: {', '.join(str(path) for path in job.label_paths())}"
    if anew:
        yield f"the script with your pauses: {anew}"


def one_line(job: Job, one: Cut) -> str:
    """Return where a line is, and what was heard."""
    from sessions.cli.problems import plain_text  # noqa: PLC0415

    place = one.place
    where = spanned(job, place.tape, place.words_start_seconds, place.words_stop_seconds)
    heard = f', heard as "{plain_text(one.heard)}"' if one.doubtful else ""
    return f'{one.number:03} "{plain_text(one.text)}", {where}{heard}'


def besides(job: Job, one: Besides) -> str:
    """Return what sounds besides, and where."""
    from sessions.cli.problems import plain_text  # noqa: PLC0415
    from sessions.voices.recorded.cut.labels import besides_label  # noqa: PLC0415

    where = spanned(job, one.tape, one.start_seconds, one.stop_seconds)
    return f"{where}: {plain_text(besides_label(one))}"


def spanned(job: Job, tape: int, start_seconds: float, stop_seconds: float) -> str:
    """Return a stretch of a recording in words: `12:03.4 to 12:06.1`."""
    times = " to ".join(
        f"{int(one // 60)}:{one % 60:04.1f}"
        for one in (round(start_seconds, 1), round(stop_seconds, 1))
    )
    return times if len(job.recordings) == 1 else f"{job.recordings[tape].name} {times}"
