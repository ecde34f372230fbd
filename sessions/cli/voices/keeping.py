"""`sessions voices install` and `use`: a voice is fetched, or kept to."""

from __future__ import annotations

from pathlib import Path

import click

from sessions.cli.progress import progress
from sessions.errors import InputMissingError, OutputError, UnavailableError


def complete_installable(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    """Offer the voices that can be installed."""
    from sessions.voices import installable  # noqa: PLC0415

    return [name for name in installable() if name.startswith(begun)]


@click.command("install")
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


@click.command("use")
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
