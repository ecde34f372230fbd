"""The command `sessions`: a thin skin over the package.

Each command is a module of its own and is imported when it is asked for. Exit codes are those of
`sessions.errors`; 2 is a usage error, 3 a batch of which some failed, 130 an interruption.
"""

from __future__ import annotations

import signal
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from sessions.cli.console import set_up
from sessions.errors import SessionsError, StorageError
from sessions.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COMMANDS: Mapping[str, str] = {
    "list": "Show the scripts that there are to render.",
    "show": "Show the plan: chapters, cues, times and length.",
    "check": "Find errors and warn of style, with line and column.",
    "render": "Render scripts of the catalogue, or your own files, to MP3.",
    "verify": "Measure finished audio files, yours or anyone's.",
    "new": "Write a script NAME.md: a starter, or a text from elsewhere.",
    "voices": "Show the voices there are, hear them, install one, or record.",
    "cache": "Show or clear what is kept: clips, encoded segments, beds.",
}
"""Every command, in the order of use, with what it does: so that help needs none of them."""
INTERRUPTED = 130
ENDINGS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Ctrl-C, a request to end, a terminal that was closed, Windows' own: all are taken alike."""
BUG = 70


class LazyGroup(click.Group):
    """A group whose commands are imported when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        """Return the names of all commands, in the order of use."""
        return list(COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write what each command does, from the table."""
        with formatter.section("Commands"):
            formatter.write_dl([*COMMANDS.items()])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command by name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"sessions.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one is like it."""
        import difflib  # noqa: PLC0415 -- for mistakes only

        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            close = difflib.get_close_matches(name, COMMANDS, 1)
            hint = f" Did you mean '{close[0]}'?" if close else ""
            ctx.fail(f"No such command '{name}'.{hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sessions")
def cli() -> None:
    """Make guided relaxation audio from plain Markdown scripts.

    \b
    sessions list                     what there is to listen to
    sessions show bodyscan            the plan: chapters, times, length
    sessions render bodyscan          the MP3, into output/
    sessions render my-script.md      your own
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with the code that fits."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    on_endings(interrupt)
    set_up(sys.argv[1:] if arguments is None else arguments)
    try:
        code: Any = cli.main(arguments, prog_name="sessions", standalone_mode=False)
    except (click.Abort, KeyboardInterrupt):
        # An interruption while a string is executed, and dataclasses are made of such, leaves a
        # mark by which Python ends as killed by SIGINT, though it was handled here. The next
        # string that is executed takes the mark away.
        exec("")  # noqa: S102
        click.echo("interrupted; nothing half written was left behind", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has gone, and wants no traceback
        return 0
    except Exception as error:  # noqa: BLE001 -- the last resort: every error ends here
        return told(error)
    return code if isinstance(code, int) else 0


def told(error: Exception) -> int:
    """Tell a person of an error and return its exit code."""
    match error:
        case click.ClickException():
            error.show()
            return error.exit_code
        case SessionsError():
            from sessions.cli.problems import render  # noqa: PLC0415 -- for errors only

            click.echo(render(error), err=True)
            return error.exit_code
        case OSError():
            click.echo(f"error: {error.strerror or error}: {error.filename or 'output'}", err=True)
            return StorageError.exit_code
        case _:
            import traceback  # noqa: PLC0415

            traceback.print_exception(error)
            words = "error: this is a bug in guided-sessions; please report the lines above"
            click.echo(words, err=True)
            return BUG


def on_endings(handler: Any) -> None:
    """Set what happens when somebody asks the program to end."""
    for name in ENDINGS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), handler)


def interrupt(_signal: int, _frame: object) -> None:
    """End once, so that temporary files and workers go too; whoever asks again has to wait."""
    on_endings(signal.SIG_IGN)
    raise KeyboardInterrupt
