"""What a listener heard of a file, in words and as values: for `verify --listen`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sessions.hearing.listener import Listener
    from sessions.publish.report import Report
    from sessions.verify.heard import Heard, HeardLine


class Share(click.ParamType):
    """A share in percent: `90%` or `90`."""

    name = "percent"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return a number from 0 to 100."""
        try:
            share = float(str(value).strip().removesuffix("%"))
        except ValueError:
            share = -1.0
        if not 0.0 <= share <= 100.0:
            self.fail(f"{value!r} is no share: write 90%", param, ctx)
        return share


def loaded() -> Listener:
    """Return the recognizer."""
    from sessions.hearing.listener import whisper  # noqa: PLC0415
    from sessions.script.phrases.choices import Settings  # noqa: PLC0415
    from sessions.settings import caches_of  # noqa: PLC0415

    return whisper(caches_of(Settings()).listener, Settings().threads)


def heard_in(path: Path, report: Report | None, listener: Listener, *, quiet: bool) -> Heard:
    """Hear a file, with a bar where a person looks."""
    from sessions.cli.progress import progress  # noqa: PLC0415
    from sessions.verify.heard import hear_file  # noqa: PLC0415

    with progress(str(path), quiet=quiet) as told:
        return hear_file(path, report, listener, told)


def document(heard: Heard) -> dict[str, Any]:
    """Return what was heard as plain values."""
    from sessions.script.model import Language  # noqa: PLC0415
    from sessions.verify.heard import OWN_ERRORS  # noqa: PLC0415

    shares = {language: heard.understood_percent(language) for language in Language}
    rates = {language: heard.word_error_percent(language) for language in Language}
    return {
        "understood_percent": {
            key: round(one, 2) for key, one in shares.items() if one is not None
        },
        "word_error_percent": {key: round(one, 2) for key, one in rates.items() if one is not None},
        "loops": heard.loops,
        "note": OWN_ERRORS,
        "lines": [
            {
                "start_seconds": round(line.start_seconds, 3),
                "stop_seconds": round(line.stop_seconds, 3),
                "script": line.script or heard.script,
                "line": line.line,
                "language": line.language,
                "text": line.text,
                "heard": line.heard,
                "words": line.comparison.words,
                "understood": line.comparison.understood,
                "added": line.comparison.added,
                "looped": line.comparison.looped,
                "judged": line.judged,
                "why": line.why,
                "remedy": line.remedy,
            }
            for line in heard.lines
        ],
    }


def table(heard: Heard) -> Iterator[str]:
    """Give the lines that were understood otherwise, each with its place and what to try."""
    otherwise = [line for line in heard.lines if line.otherwise]
    if not otherwise:
        yield f"all {len(heard.lines)} spoken lines were understood as they are written"
        return
    yield f"{len(otherwise)} of {len(heard.lines)} spoken lines were understood otherwise:"
    for line in otherwise:
        yield from _told(line, line.script or heard.script)
    yield "what helps is to be pasted: a comma is breath, another spelling another sound"


def _told(line: HeardLine, script: str) -> Iterator[str]:
    from sessions.cli.problems import plain_text  # noqa: PLC0415
    from sessions.units import clock, samples  # noqa: PLC0415
    from sessions.verify.remedy import quoted  # noqa: PLC0415

    place = f"  {script}:{line.line}" if script and line.line else ""
    why = f"  ({line.why})" if line.why else ""
    yield f"  {clock(samples(line.start_seconds))}{plain_text(place)}{why}"
    yield f"        written: {plain_text(line.text)}"
    yield f"        heard:   {plain_text(line.heard) or 'nothing'}"
    wrong = "; ".join(
        f"{quoted(one.heard)} for {quoted(one.written)}" for one in line.comparison.mishearings
    )
    looped = "; again and again" if line.comparison.looped else ""
    yield f"        that is: {plain_text(wrong)}{looped}"
    yield f"        = help: {plain_text(line.remedy)}"
