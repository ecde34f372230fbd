"""What is drawn of a session in any picture: how each cue looks, and which words stand there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sessions.plan import Kind
from sessions.script.model import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sessions.plan import Cue

LOOKS: Mapping[Kind, str] = {
    Kind.SPEECH: "speech",
    Kind.PAUSE: "pause",
    Kind.BREATH_IN: "breath",
    Kind.BREATH_OUT: "breath",
    Kind.HOLD: "hold",
    Kind.REST: "hold",
    Kind.ONE_SHOT: "bell",
}
"""How each kind of cue is drawn; a pause that stretches is `elastic`."""
WORDS: Mapping[Language, Mapping[str, str]] = {
    Language.ENGLISH: {
        "speech": "speech",
        "voice": "voice",
        "pause": "pause",
        "elastic": "elastic pause",
        "breath": "breath",
        "bell": "sound",
        "loudness": "loudness",
        "chapter": "chapter",
        "plan": "plan",
        "bed": "bed",
        "chapters": "chapters",
        "lines": "spoken lines",
    },
    Language.DUTCH: {
        "speech": "spraak",
        "voice": "stem",
        "pause": "pauze",
        "elastic": "rekbare pauze",
        "breath": "adem",
        "bell": "klank",
        "loudness": "luidheid",
        "chapter": "deel",
        "plan": "plan",
        "bed": "bed",
        "chapters": "delen",
        "lines": "gesproken regels",
    },
}
"""What the pictures say, by what they show."""


def look_of(cue: Cue) -> str:
    """Return how a cue is drawn."""
    return "elastic" if cue.elastic else LOOKS[cue.kind]
