"""`sessions voices list`: every voice there is, and what to know before one is chosen."""

from __future__ import annotations

import json
from typing import Any

import click

from sessions.errors import ConfigurationError

FIELDS = ("what", "origin", "languages", "accent", "size", "licence", "sends", "get")
"""What is told of each kind of voice, as it is."""


@click.command("list")
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
