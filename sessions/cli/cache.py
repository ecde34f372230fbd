"""`sessions cache`: the spoken clips that are kept."""

from __future__ import annotations

import json

import click


@click.command("cache")
@click.argument("action", type=click.Choice(["info", "clear"]), default="info")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(action: str, *, as_json: bool) -> None:
    """Show or clear the cache of spoken clips. All of it can be made again.

    \b
    Examples:
      sessions cache
      sessions cache clear
    """
    from sessions.settings import cache_folder  # noqa: PLC0415
    from sessions.voices.cache import ClipCache  # noqa: PLC0415

    cache = ClipCache(cache_folder())
    usage = cache.clear() if action == "clear" else cache.usage()
    if as_json:
        row = {"folder": str(usage.folder), "clips": usage.clips, "bytes": usage.bytes}
        click.echo(json.dumps(row | {"cleared": action == "clear"}, indent=1))
        return
    done = "removed" if action == "clear" else "kept"
    click.echo(f"{usage.clips} clips, {usage.bytes / 1e6:.1f} MB {done} in {usage.folder}")
