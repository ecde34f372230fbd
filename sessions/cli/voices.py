"""`sessions voices`: who can speak, how each sounds, and how to get another."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sessions.cli.options import LANGUAGE, complete_names, loaded, settings_for
from sessions.cli.progress import notice, progress
from sessions.cli.tally import Tally
from sessions.errors import (
    ConfigurationError,
    InputMissingError,
    OutputError,
    UnavailableError,
)

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
FIELDS = ("what", "origin", "languages", "accent", "size", "licence", "sends", "get")
"""What is told of each kind of voice, as it is."""


@click.group("voices", invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """Show the voices there are, hear them, install one, or record your own.

    \b
    Examples:
      sessions voices
      sessions voices try espeak google --language en
      sessions voices install nl_BE-nathalie-medium
      sessions voices use hibari
      sessions voices template bodyscan --voice recorded:my-voice
    """
    if context.invoked_subcommand is None:
        context.invoke(list_voices, as_json=False)


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def list_voices(*, as_json: bool) -> None:
    """Show every voice: what it is, what it sends where, its licence, how to get it."""
    from sessions.settings import voices_folder  # noqa: PLC0415
    from sessions.voices import all_kinds  # noqa: PLC0415
    from sessions.voices.auto import ORDER  # noqa: PLC0415
    from sessions.voices.base import Origin  # noqa: PLC0415

    rows: list[dict[str, Any]] = []
    for name, kind in all_kinds():
        if isinstance(kind, ConfigurationError):
            rows.append({"name": name, "missing": kind.message, "get": kind.remedy})
            continue
        shown = {field: getattr(kind, field) for field in FIELDS}
        details = list(kind.details(voices_folder()))
        rows.append({"name": name, **shown, "missing": kind.missing(), "details": details})
        rows[-1]["synthetic"] = kind.origin is not Origin.RECORDED
        rows[-1]["auto"] = {
            language: {"place": number, "why": place.why}
            for language, order in ORDER.items()
            for number, place in enumerate(order, start=1)
            if place.kind == name
        }
        if kind.installer:
            names = [voice for voice in kind.installer.names if voice not in details]
            rows[-1]["installable"] = names
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo("\n".join(described(row)))


def described(row: dict[str, Any]) -> list[str]:
    """Return a voice in lines of text."""
    lines = [f"{row['name']:<10}{row.get('what', 'cannot be used')}"]
    facts = {
        "missing": row["missing"],
        "synthetic": ("yes" if row["synthetic"] else "no") if "synthetic" in row else "",
        "speaks": ", ".join(row.get("languages", ())),
        "accent": row.get("accent", ""),
        "size": row.get("size", ""),
        "sends": row.get("sends", "") or ("" if row["missing"] else "nothing"),
        "licence": row.get("licence", ""),
        **{
            f"auto in {language}": f"choice {place['place']}: {place['why']}"
            for language, place in row.get("auto", {}).items()
        },
        "choices": ", ".join(row.get("details", ())),
        "to get it": row["get"],
        "can be installed": ", ".join(row.get("installable", ())),
    }
    return lines + [f"          {name}: {text}" for name, text in facts.items() if text]


@command.command("try")
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


def complete_installable(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    """Offer the voices that can be installed."""
    from sessions.voices import installable  # noqa: PLC0415

    return [name for name in installable() if name.startswith(begun)]


@command.command("install")
@click.argument("name", metavar="NAME", shell_complete=complete_installable)
def install_voice(name: str) -> None:
    """Download a voice, such as nl_BE-nathalie-medium; goes on where it broke off."""
    from sessions.settings import read_files, resolve, voices_folder  # noqa: PLC0415
    from sessions.voices import VOICES, installer_of  # noqa: PLC0415

    settings = resolve({}, None, read_files())
    if settings.offline:
        raise UnavailableError("installing needs the network, which `offline` forbids")
    kind, installer = installer_of(name)
    address: str = getattr(settings, installer.address_setting)
    with progress(name, quiet=False) as told:
        path = installer.install(
            name, voices_folder(), address, lambda done, total: told("download", done, total)
        )
    click.echo(str(path))
    click.echo(f"use it with --voice {kind}:{name}", err=True)
    if VOICES[kind].missing():
        click.echo(f"first install the program that speaks with it: {installer.engine}", err=True)


@command.command("use")
@click.argument("name", metavar="NAME")
@click.option("--everywhere", is_flag=True, help="For all folders, not for this one alone.")
def use_voice(name: str, *, everywhere: bool) -> None:
    """Keep to a voice: write it as `voice` into sessions.toml. `auto` lets it be chosen again."""
    from sessions.settings import FILE_NAME, user_file, written  # noqa: PLC0415
    from sessions.storage.files import make_folder, write_bytes  # noqa: PLC0415
    from sessions.voices import kind_of  # noqa: PLC0415

    if name != "auto":
        kind = kind_of(name)
        if kind.missing():
            raise UnavailableError(kind.missing(), kind.get)
        _refuse_unless_there(name)
    if everywhere and ("/" in name or "\\" in name or name.startswith("recorded:")):
        raise click.UsageError("a voice of a folder is for that folder: leave out --everywhere")
    path = user_file() if everywhere else Path(FILE_NAME)
    if path.is_dir():
        raise OutputError(f"{path} is a folder", "rename it: the settings are a file of that name")
    text = written(path, "voice", name.strip())
    make_folder(path.parent)
    write_bytes(path.resolve(), text.encode())  # where a link leads, and not over the link
    click.echo(str(path))


def _refuse_unless_there(name: str) -> None:
    """See that a voice is there, for one of its languages at least."""
    from sessions.settings import voices_folder  # noqa: PLC0415
    from sessions.voices import kind_of  # noqa: PLC0415
    from sessions.voices.cast import voice_of  # noqa: PLC0415

    lacking: InputMissingError | None = None
    for language in kind_of(name).languages:
        try:
            voice_of(name, language, voices_folder())
        except InputMissingError as error:
            lacking = lacking or error
        else:
            return
    if lacking:
        raise lacking


@command.command("template")
@click.argument("name", metavar="NAME|FILE", shell_complete=complete_names)
@click.option("--voice", metavar="recorded:DIR", required=True, help="Where recordings will be.")
@click.option("--language", type=LANGUAGE, help="The script in this language.")
@click.option("--set", "values", metavar="KEY=VALUE", multiple=True, help="A value in the script.")
def write_template(
    name: str, voice: str, language: Language | None, values: tuple[str, ...]
) -> None:
    """Write the numbered list of lines to read aloud, for a voice of your own recordings."""
    from sessions.plan import lines  # noqa: PLC0415
    from sessions.render import spoken_script  # noqa: PLC0415
    from sessions.storage.files import make_folder, write_bytes  # noqa: PLC0415
    from sessions.voices import VOICES  # noqa: PLC0415

    templates = {kind: row.template for kind, row in VOICES.items() if row.template}
    kind, _, detail = voice.partition(":")
    if kind not in templates or not detail:
        names = " or ".join(f"{name}:DIR" for name in templates)
        raise click.UsageError(f"--voice must be {names}, with the folder for the recordings")
    script = loaded(name, language, values)
    folder = Path(detail)
    make_folder(folder, f"choose another folder with --voice {kind}:DIR")
    settings = settings_for(script.meta, {"voice": voice})
    wanted = lines(spoken_script(script, settings))
    file, text = templates[kind](folder, wanted, script.meta.title)
    write_bytes(folder / file, text.encode())
    click.echo(str(folder / file))
