"""`sessions voices try`: a sentence of some voices, as files, with figures beside each."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sessions.cli.options import LANGUAGE
from sessions.cli.progress import notice
from sessions.cli.tally import Tally
from sessions.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sessions.hearing.listener import Listener
    from sessions.script.model import Language
    from sessions.script.phrases.choices import Settings
    from sessions.units import Audio
    from sessions.voices.base import Line, Voice

SENTENCES = {
    "nl": "Adem rustig in, en laat je schouders zakken. Er hoeft nu even niets.",
    "en": "Breathe in softly, and let your shoulders sink. There is nothing you have to do.",
}


@click.command("try")
@click.argument("names", metavar="[VOICE]...", nargs=-1)
@click.option("--language", type=LANGUAGE, help="Of the sentence; else Dutch, or what it speaks.")
@click.option("--text", help="What to say instead of the usual sentence.")
@click.option("--output", metavar="DIR", default="output", help="Where the WAV files go.")
@click.option("--offline", is_flag=True, help="Never use the network.")
def try_voices(
    names: tuple[str, ...],
    language: Language | None,
    text: str | None,
    output: str,
    *,
    offline: bool,
) -> int:
    """Speak a sentence with some voices, or with all that are there, into WAV files.

    Where the extra `listen` is installed, a recognizer hears each, and the share of its words that
    were understood is told.
    """
    from sessions.cli.heard import loaded as listening  # noqa: PLC0415
    from sessions.hearing.weights import at_hand  # noqa: PLC0415
    from sessions.script.model import Language  # noqa: PLC0415
    from sessions.settings import read_files, resolve  # noqa: PLC0415

    settings = resolve({"offline": offline or None}, None, read_files())
    listener = listening() if at_hand() else None
    tally, done = Tally(), 0
    for name in names or everyone(settings, language or Language.DUTCH):
        for tried in tally.tried(spoken, name, text, language, Path(output), settings, listener):
            click.echo(f"{tried.path}: {', '.join(tried.figures())}")
            done += 1
    return tally.exit_code(done)


def everyone(settings: Settings, language: Language) -> list[str]:
    """Return the voices of a language that can be tried as things are, best first."""
    from sessions.settings import voices_folder  # noqa: PLC0415
    from sessions.voices import VOICES  # noqa: PLC0415
    from sessions.voices.auto import ORDER  # noqa: PLC0415

    names: list[str] = []
    for name in (place.kind for place in ORDER[language]):
        kind = VOICES[name]
        if kind.missing() or (kind.sends and settings.offline):
            continue
        installed = kind.details(voices_folder()) if kind.installer else ()
        names += [f"{name}:{voice}" for voice in installed] if kind.installer else [name]
    return names


@dataclass(frozen=True, slots=True)
class Tried:
    """A sentence that a voice spoke, in a file: how long, how many words, how loud.

    `taken_seconds` is what it takes to speak; None where that tells nothing. `understood_percent`
    is the share of its words that a recognizer understood; None where there is none.
    """

    path: Path
    seconds: float
    words: int
    lufs: float
    taken_seconds: float | None
    understood_percent: float | None

    def figures(self) -> Iterator[str]:
        """Yield what is told of it."""
        yield f"{self.seconds:.1f} s"
        yield f"{60 * self.words / self.seconds:.0f} words a minute"
        if self.taken_seconds is not None:
            yield f"spoken at {self.seconds / max(self.taken_seconds, 1e-3):.0f} times real time"
        yield f"{self.lufs:.1f} LUFS"
        if self.understood_percent is not None:
            yield f"{self.understood_percent:.0f} % of the words understood"


def spoken(
    name: str,
    text: str | None,
    asked: Language | None,
    folder: Path,
    settings: Settings,
    listener: Listener | None = None,
) -> Tried:
    """Write a sentence of a voice as a WAV file, in the language that is asked for, or its own.

    Without a text, a voice that has not every line lets one be heard that it has.
    """
    import soundfile  # noqa: PLC0415

    from sessions.output import ELSEWHERE  # noqa: PLC0415
    from sessions.script.model import Language, Style  # noqa: PLC0415
    from sessions.settings import caches_of, voices_folder  # noqa: PLC0415
    from sessions.storage.files import atomic, make_folder  # noqa: PLC0415
    from sessions.units import SAMPLE_RATE_HZ  # noqa: PLC0415
    from sessions.voices import kind_of  # noqa: PLC0415
    from sessions.voices.base import Line, Partial  # noqa: PLC0415
    from sessions.voices.cache import ClipCache  # noqa: PLC0415
    from sessions.voices.cast import Cast, found_voice  # noqa: PLC0415
    from sessions.voices.speak import Booth  # noqa: PLC0415

    cache, told = ClipCache(caches_of(settings).clips), notice(quiet=False)
    able = [*Language] if name == "auto" else kind_of(name).languages
    language = asked or (Language.DUTCH if Language.DUTCH in able else able[0])
    if language not in able:
        message = f"the voice '{name}' does not speak {language.name.capitalize()}"
        raise ConfigurationError(message, "leave out --language, or choose another voice")
    voice = found_voice(name, language, voices_folder(), told, offline=settings.offline)
    sample = voice.sample if isinstance(voice, Partial) else ""
    line = Line(text or sample or SENTENCES[language], Style(language))
    cast, polish = Cast(voice), settings.polish
    with Booth(cast, cache, polish=polish, offline=settings.offline, notice=told) as booth:
        booth.clip(line)
        clip = booth.sound(line)
    make_folder(folder, ELSEWHERE)
    stem = re.sub(r"[^\w.-]+", "-", cast.voice.name)
    path = folder / f"voice-{stem}.wav"
    with atomic(path, ELSEWHERE) as file:
        soundfile.write(file, clip.samples, SAMPLE_RATE_HZ, subtype="PCM_16", format="WAV")
    seconds = len(clip.samples) / SAMPLE_RATE_HZ
    words = len(line.text.split())
    return Tried(
        *(path, seconds, words, clip.loudness_lufs, taken_by(voice, line)),
        None if listener is None else understood(line, clip.samples, listener),
    )


def understood(line: Line, sound: Audio, listener: Listener) -> float | None:
    """Return the share of a line's words that a listener understands; None where it has none.

    `sound` is mono, at 44.1 kHz.
    """
    import soxr  # noqa: PLC0415

    from sessions.hearing.compare import compared  # noqa: PLC0415
    from sessions.hearing.listener import RATE_HZ  # noqa: PLC0415
    from sessions.units import SAMPLE_RATE_HZ  # noqa: PLC0415

    heard = listener.hear(soxr.resample(sound, SAMPLE_RATE_HZ, RATE_HZ), line.style.language)
    found = compared(line.text, heard, line.style.language)
    return 100.0 * found.understood / found.words if found.words else None


def taken_by(voice: Voice, line: Line) -> float | None:
    """Return what a voice takes to speak a line when it is awake; None of one that sends it away.

    Nor does it tell anything of recordings.
    """
    from sessions.voices.base import Partial  # noqa: PLC0415

    if voice.sends_to or isinstance(voice, Partial):
        return None
    with voice.open() as speaker:
        speaker.speak(line)
        begun = time.perf_counter()
        speaker.speak(line)
        return time.perf_counter() - begun
