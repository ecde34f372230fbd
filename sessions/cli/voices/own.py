"""`sessions voices template`: a voice of your own recordings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sessions.cli.options import LANGUAGE, complete_names, loaded, settings_for
from sessions.errors import OutputError

if TYPE_CHECKING:
    from sessions.script.model import Language
    from sessions.voices.base import Template


@click.command("template")
@click.argument("name", metavar="NAME|FILE", shell_complete=complete_names)
@click.option("--voice", metavar="recorded:DIR", required=True, help="Where recordings will be.")
@click.option("--language", type=LANGUAGE, help="The script in this language.")
@click.option("--set", "values", metavar="KEY=VALUE", multiple=True, help="A value in the script.")
def write_template(
    name: str, voice: str, language: Language | None, values: tuple[str, ...]
) -> None:
    """Write what to read aloud for a voice of your own recordings: a list of lines, and a page.

    The page is for a browser, on a phone or on paper too: one line at a time, with its number.
    """
    from sessions.plan import to_read  # noqa: PLC0415
    from sessions.render import spoken_script  # noqa: PLC0415
    from sessions.storage.files import make_folder, write_bytes  # noqa: PLC0415
    from sessions.voices.base import Sheet  # noqa: PLC0415

    template, folder = template_of(voice)
    script = loaded(name, language, values)
    make_folder(folder, "choose another folder with --voice")
    settings = settings_for(script.meta, {"voice": voice})
    wanted = tuple(to_read(spoken_script(script, settings)))
    sheet = Sheet(script.meta.title, script.meta.language, wanted)
    for file, text in template(folder, sheet).items():
        write_bytes(folder / file, text.encode())
        click.echo(str(folder / file))


def template_of(voice: str) -> tuple[Template, Path]:
    """Return what makes the template of a voice that is made of recordings, and their folder."""
    from sessions.voices import VOICES  # noqa: PLC0415

    templates = {kind: row.template for kind, row in VOICES.items() if row.template}
    kind, _, detail = voice.partition(":")
    if kind not in templates or not detail:
        names = " or ".join(f"{name}:DIR" for name in templates)
        raise click.UsageError(f"--voice must be {names}, with the folder for the recordings")
    if Path(detail).is_file():
        raise OutputError(
            f"'{detail}' is a file, not a folder",
            f"choose another folder with --voice {kind}:FOLDER",
        )
    return templates[kind], Path(detail)
