"""`sessions voices template`: a voice of your own recordings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sessions.cli.options import LANGUAGE, complete_names, loaded, settings_for

if TYPE_CHECKING:
    from sessions.script.model import Language


@click.command("template")
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

    folder = folder_of(voice)
    kind = voice.partition(":")[0]
    template = VOICES[kind].template
    if template is None:  # pragma: no cover -- `folder_of` has refused it
        return
    script = loaded(name, language, values)
    make_folder(folder, f"choose another folder with --voice {kind}:DIR")
    settings = settings_for(script.meta, {"voice": voice})
    wanted = lines(spoken_script(script, settings))
    file, text = template(folder, wanted, script.meta.title)
    write_bytes(folder / file, text.encode())
    click.echo(str(folder / file))


def folder_of(voice: str) -> Path:
    """Return the folder of a voice that is made of recordings."""
    from sessions.voices import VOICES  # noqa: PLC0415

    kinds = [kind for kind, row in VOICES.items() if row.template]
    kind, _, detail = voice.partition(":")
    if kind not in kinds or not detail:
        names = " or ".join(f"{name}:DIR" for name in kinds)
        raise click.UsageError(f"--voice must be {names}, with the folder for the recordings")
    return Path(detail)
