"""`sessions voices check`: what to do about recordings of your own, before a session is made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sessions.cli.options import LANGUAGE, complete_names, loaded, refuse_unused, settings_for
from sessions.errors import InputMissingError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sessions.hearing.listener import Listener
    from sessions.script.model import Language, Script, Style
    from sessions.voices.recorded.examine import Wanted

SOMETHING_TO_DO = 1


@click.command("check")
@click.argument("folder", metavar="FOLDER")
@click.option(
    "--script", metavar="NAME|FILE", shell_complete=complete_names, help="Whose lines are meant."
)
@click.option("--language", type=LANGUAGE, help="Of the script, or of what is said.")
@click.option("--set", "values", metavar="KEY=VALUE", multiple=True, help="A value in the script.")
@click.option("--no-listen", is_flag=True, help="Let no recognizer hear the words.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def check_voice(
    folder: str,
    script: str | None,
    language: Language | None,
    values: tuple[str, ...],
    *,
    no_listen: bool,
    as_json: bool,
) -> int:
    """Look at each recording of a folder, and tell what to do about it, the worst first.

    Told are noise and hum, words that are cut off, an echo, a fast pace, silences, and which lines
    are missing: those of the folder's list, or of --script. With the extra `listen` a recognizer
    hears the words, too. The exit code is 1 where there is something to do, 3 where some files
    cannot be read.
    """
    from sessions.cli.progress import progress  # noqa: PLC0415
    from sessions.cli.voices import checked  # noqa: PLC0415
    from sessions.voices.recorded.examine import examined, some_takes  # noqa: PLC0415

    if values and not script:
        raise click.UsageError("--set is a value of a script: name that with --script")
    path = folder_of(folder)
    some_takes(path)  # before the script is held against a folder with nothing in it
    wanted, others = lines_of(path, script, language, values)
    if not wanted:
        checked.no_list(path)
    listener = None if no_listen or not wanted else listening()
    with progress(str(path), quiet=as_json) as told:
        found = examined(path, wanted, others, listener, told)
    known = {**others, **wanted}
    if as_json:
        document = checked.document(path, found, known, listened=listener is not None)
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(checked.report(path, found, known, script)))
    return checked.exit_code(found, SOMETHING_TO_DO)


def folder_of(name: str) -> Path:
    """Return the folder that a person names.

    Raises
    ------
    InputMissingError
        It is not there, or no folder.
    """
    path = Path(name.removeprefix("recorded:"))
    if path.is_dir():
        return path
    if path.exists():
        raise InputMissingError(
            f"'{path}' is a file, not a folder",
            f"`sessions voices cut {path} --script NAME --voice recorded:FOLDER` makes lines of "
            "one recording",
        )
    raise InputMissingError(
        f"there is no folder {path}",
        "make it, and what to read aloud, with "
        f"`sessions voices template NAME --voice recorded:{path}`",
    )


def listening() -> Listener | None:
    """Return the recognizer; None where there is none, which is told."""
    from sessions.cli import heard  # noqa: PLC0415
    from sessions.cli.progress import notice  # noqa: PLC0415
    from sessions.hearing import weights  # noqa: PLC0415

    if weights.at_hand():
        return heard.loaded()
    notice(quiet=False)(f"nobody hears the words: {weights.HOW_TO_GET} brings a recognizer")
    return None


def lines_of(
    folder: Path, name: str | None, language: Language | None, values: tuple[str, ...]
) -> tuple[Mapping[int, Wanted], Mapping[int, Wanted]]:
    """Return the lines that are to be recorded, by their numbers, and those that may be.

    Raises
    ------
    InputMissingError
        No line of the script has a number.
    """
    from sessions.script.phrases.language import DEFAULT, of_text  # noqa: PLC0415
    from sessions.voices.recorded.examine import Wanted  # noqa: PLC0415
    from sessions.voices.recorded.lines import read_list, read_others  # noqa: PLC0415

    numbers, past = read_list(folder), read_others(folder)
    if name is None:
        spoken = language or of_text(" ".join(numbers)) or DEFAULT
        wanted = {n: Wanted(text, spoken) for text, n in numbers.items() if n not in past}
    else:
        script = loaded(name, language, values)
        refuse_unused(values, [script])
        spoken = script.meta.language
        wanted = of_script(folder, name, script, numbers)
    return wanted, {n: Wanted(text, spoken) for text, n in numbers.items() if n not in wanted}


def of_script(
    folder: Path, name: str, script: Script, numbers: Mapping[str, int]
) -> dict[int, Wanted]:
    """Return the lines of a script by their numbers; those that have none are told."""
    from sessions.cli.voices import checked  # noqa: PLC0415
    from sessions.plan import lines  # noqa: PLC0415
    from sessions.render import spoken_script  # noqa: PLC0415
    from sessions.voices.recorded.examine import Wanted  # noqa: PLC0415
    from sessions.voices.recorded.lines import plain  # noqa: PLC0415

    settings = settings_for(script.meta, {"voice": f"recorded:{folder}"})
    styles: dict[str, Style] = {}
    for line in lines(spoken_script(script, settings)):
        styles.setdefault(plain(line.normalized), line.style)
    unknown = [text for text in styles if text not in numbers]
    again = f"`sessions voices template {name} --voice recorded:{folder}`"
    if len(unknown) == len(styles):
        raise InputMissingError(
            f"no line of {name} has a number in {folder}",
            f"name the script that it was recorded for; or give it numbers with {again}",
        )
    if unknown:
        checked.without_number(unknown, again)
    return {
        numbers[text]: Wanted(text, style.language, style.manner)
        for text, style in styles.items()
        if text in numbers
    }
