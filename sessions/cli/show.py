"""`sessions show`: the plan of a session, before a sound is mixed."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from sessions.cli.drawing import draw
from sessions.cli.options import (
    PLAN_OPTIONS,
    complete_names,
    loaded,
    refuse_unused,
    settings_for,
    with_options,
)
from sessions.cli.progress import notice, progress

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sessions.plan import Cue, Timeline
    from sessions.script.model import Language, Layer, Script
    from sessions.script.phrases.choices import Settings

BAR_SECONDS = 2.0
MAX_BLOCKS = 30


@click.command("show")
@click.argument("name", metavar="NAME|FILE", shell_complete=complete_names)
@with_options(*PLAN_OPTIONS)
@click.option("--estimate", is_flag=True, help="Speak nothing; estimate lengths from the letters.")
@click.option("--picture", is_flag=True, help="Draw the session over time.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(
    name: str,
    language: Language | None,
    *,
    estimate: bool,
    picture: bool,
    as_json: bool,
    **flags: Any,
) -> None:
    """Show the plan: chapters, cues, times and length. Writes no files.

    Pauses are drawn as bars, a block for each two seconds; elastic ones are drawn lighter.

    \b
    Examples:
      sessions show bodyscan
      sessions show bodyscan --minutes 45
      sessions show bodyscan --picture
      sessions show my-script.md --estimate
      sessions show my-script.md --json
    """
    from sessions.render import bed_of, estimated  # noqa: PLC0415

    script = loaded(name, language, flags["values"])
    refuse_unused(flags.pop("values"), [script])
    settings = settings_for(script.meta, flags)
    guess = estimated(script, settings, fitted=estimate)
    picture = picture and not as_json
    if estimate:
        show = Shown(script, guess, "none yet", bed_of(settings), settings.descend_db)
    else:
        show = spoken(script, settings, guess.shortest, curve=picture, quiet=as_json)
    if picture:
        draw(show.script.meta, show.timeline, show.bed, show.momentary_lufs)
    else:
        click.echo(document(show) if as_json else "\n".join(drawn(show)))


def spoken(script: Script, settings: Settings, guess: int, *, curve: bool, quiet: bool) -> Shown:
    """Speak a script's lines and return its plan.

    With `curve`, and for a podcast, whose whole has a loudness to meet, that is forecast too.
    Nothing is shown yet: that has to wait until the bars of progress are gone.
    """
    from sessions.metering.loudness import momentary_of_powers  # noqa: PLC0415
    from sessions.render import planned, prepared  # noqa: PLC0415

    momentary_lufs = missed_lufs = None
    with ExitStack() as stack:
        told = stack.enter_context(progress(script.meta.title, quiet=quiet))
        if curve or settings.loudness == "podcast":
            episode = stack.enter_context(prepared(script, settings, told, notice(quiet=quiet)))
            session, shape = episode.session, episode.mix.shape
            momentary_lufs = momentary_of_powers(shape.powers) if curve else None
            missed_lufs = shape.missed_lufs
        else:
            session = stack.enter_context(planned(script, settings, told, notice(quiet=quiet)))
    return Shown(
        *(session.script, session.timeline, session.voice.name, session.bed, settings.descend_db),
        *(guess, momentary_lufs, missed_lufs),
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of a plan.

    `guess` is the shortest length, in samples, that was estimated; `momentary_lufs` the forecast
    of the loudness per 100 ms; `missed_lufs` that of the whole, where it is not as was asked for.
    """

    script: Script
    timeline: Timeline
    voice: str
    bed: tuple[Layer, ...]
    descend_db: float = 0.0
    guess: int | None = None
    momentary_lufs: NDArray[np.float32] | None = None
    missed_lufs: float | None = None

    @property
    def off(self) -> float:
        """How far the estimate was off, as a share of the shortest length."""
        return ((self.guess or 0) - self.timeline.shortest) / max(1, self.timeline.shortest)


def document(show: Shown) -> str:
    """Return the plan as JSON."""
    from sessions.publish.report import Outline, as_plain  # noqa: PLC0415
    from sessions.units import seconds  # noqa: PLC0415

    guess = {} if show.guess is None else {"estimated_shortest_seconds": seconds(show.guess)}
    head = {
        "title": show.script.meta.title,
        "language": show.script.meta.language,
        "voice": show.voice,
        "estimate": show.guess is None,
        **guess,
        **({} if show.missed_lufs is None else {"missed_loudness_lufs": show.missed_lufs}),
    }
    return json.dumps(
        head
        | as_plain(
            Outline.of(
                *(show.timeline, show.bed, show.descend_db),
                language=show.script.meta.language,
                script=show.script.path,
            )
        ),
        ensure_ascii=False,
        indent=1,
    )


def drawn(show: Shown) -> list[str]:
    """Return the plan as lines of text."""
    from sessions.publish.beds import named  # noqa: PLC0415
    from sessions.units import clock  # noqa: PLC0415

    timeline = show.timeline
    reach = (
        f"{clock(timeline.shortest)} to {clock(timeline.longest)} possible"
        if timeline.longest > timeline.shortest
        else "always"
    )
    rows = [
        show.script.meta.title,
        f"{clock(timeline.length)} ({reach}), voice {show.voice}, background {named(show.bed)}",
    ]
    if show.guess is None:
        rows.append("estimated from the text: nothing has been spoken")
    else:
        rows.append(f"estimated from the text: {clock(show.guess)} at least ({show.off:+.1%})")
    if show.missed_lufs is not None:
        rows.append(missed(timeline, show.missed_lufs))
    events = [
        (mark.start, 0, f"\n{clock(mark.start):>8}  # {mark.title}") for mark in timeline.chapters
    ]
    events += [
        (mark.start, 1, f"{clock(mark.start):>8}    [background {named(mark.layers)}]")
        for mark in timeline.beds
    ]
    events += [
        (cue.start, 2, f"{clock(cue.start):>8}    {described(cue)}") for cue in timeline.cues
    ]
    return rows + [text for _, _, text in sorted(events, key=lambda event: event[:2])]


def missed(timeline: Timeline, whole_lufs: float) -> str:
    """Say how loud the whole will be, which is not as a podcast's, and what would help."""
    from sessions.plan import Kind  # noqa: PLC0415
    from sessions.verify.rules import MADE_SOFT, PODCAST_LUFS  # noqa: PLC0415

    told = f"all of it will be {whole_lufs:.1f} LUFS"
    if whole_lufs > PODCAST_LUFS:
        return f"{told}, louder than a podcast's: its bed is too near to the voice"
    share = sum(cue.length for cue in timeline.of_kind(Kind.SPEECH)) / max(1, timeline.length)
    return f"{told}, softer than a podcast's ({share:.0%} is speech): {MADE_SOFT}"


def bar(length_samples: int, *, elastic: bool) -> str:
    """Return a length as a bar: a block for each two seconds, as far as a line goes."""
    from sessions.units import seconds  # noqa: PLC0415

    blocks = round(seconds(length_samples) / BAR_SECONDS)
    more = "…" if blocks > MAX_BLOCKS else ""
    return ("▒" if elastic else "█") * min(blocks, MAX_BLOCKS) + more


def described(cue: Cue) -> str:
    """Return a cue in words."""
    from sessions.plan import Kind  # noqa: PLC0415
    from sessions.units import seconds  # noqa: PLC0415

    if cue.kind is Kind.SPEECH:
        return cue.text
    if cue.kind is Kind.ONE_SHOT:
        return f"[{cue.sound}]"
    words = f"[{cue.kind} {seconds(cue.length):.1f} s{', elastic' if cue.elastic else ''}]"
    if cue.kind is not Kind.PAUSE:
        return words
    return f"{words} {bar(cue.length, elastic=cue.elastic)}".rstrip()
