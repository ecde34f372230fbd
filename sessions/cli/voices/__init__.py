"""`sessions voices`: who can speak, how each sounds, and how to get another."""

from __future__ import annotations

import click

from sessions.cli.voices.check import check_voice
from sessions.cli.voices.cutting import cut_recordings
from sessions.cli.voices.keeping import install_voice, use_voice
from sessions.cli.voices.listing import list_voices
from sessions.cli.voices.own import write_template
from sessions.cli.voices.trying import try_voices


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
      sessions voices check my-voice --script bodyscan
      sessions voices cut take.wav --script bodyscan --voice recorded:my-voice
    """
    if context.invoked_subcommand is None:
        context.invoke(list_voices, as_json=False)


for one in (
    list_voices,
    try_voices,
    install_voice,
    use_voice,
    write_template,
    cut_recordings,
    check_voice,
):
    command.add_command(one)
