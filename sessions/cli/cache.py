"""`sessions cache`: what is kept between renders."""

from __future__ import annotations

import json

import click


@click.command("cache")
@click.argument("action", type=click.Choice(["info", "clear"]), default="info")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(action: str, *, as_json: bool) -> None:
    """Show or clear what is kept: spoken clips, encoded segments, beds. All can be made again.

    \b
    Examples:
      sessions cache
      sessions cache clear
    """
    from sessions.script.phrases.choices import Settings  # noqa: PLC0415
    from sessions.settings import caches_of  # noqa: PLC0415

    caches, clear = caches_of(Settings()), action == "clear"
    usages = caches.clear() if clear else caches.usage()
    if as_json:
        row: dict[str, object] = {"folder": str(caches.folder), "cleared": clear}
        row |= {name: usage.entries for name, usage in usages.items()}
        row["bytes"] = sum(usage.bytes for usage in usages.values())
        click.echo(json.dumps(row, indent=1))
        return
    done = "removed" if clear else "kept"
    what = ", ".join(
        f"{usage.entries} {name} ({usage.bytes / 1e6:.1f} MB)" for name, usage in usages.items()
    )
    click.echo(f"{what} {done} in {caches.folder}")
