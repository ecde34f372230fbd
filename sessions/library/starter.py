"""The script that `sessions new` begins with, in each language. It renders as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sessions.script.model import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

STARTERS: Final[Mapping[Language, str]] = {
    Language.DUTCH: """\
---
title: {title}
summary: Een paar minuten voor jezelf. Vervangt geen zorg.
language: nl
background: [brown]
values: {{naam: ""}}
---

# Aankomen

Dag{{naam?, {{naam}}}}.
Je mag gaan zitten of liggen zoals het prettig is. [pauze 4s]
Dit duurt een paar minuten, en je hoeft er niets voor te kunnen.

# Ademen

Je hoort zo een zacht geluid dat met je meeademt, vijf keer. [pauze 2s]
[adem in 4 uit 6 keer 5]

# Rust

Nu is het even stil. [pauze 8s..30s]

[herhaal 3]
Ik ben veilig. [pauze 6s]
[einde]

[zacht: Dat was het. Blijf gerust nog even.]
""",
    Language.ENGLISH: """\
---
title: {title}
summary: A few minutes for yourself. Does not replace care.
language: en
background: [brown]
values: {{name: ""}}
---

# Arriving

Hello{{name?, {{name}}}}.
You may sit or lie down in any way that feels good. [pause 4s]
This takes a few minutes, and there is nothing to get right.

# Breathing

In a moment you hear a soft sound that breathes along with you, five times. [pause 2s]
[breathe in 4 out 6 times 5]

# Rest

Now it is quiet for a while. [pause 8s..30s]

[repeat 3]
I am safe. [pause 6s]
[end]

[soft: That was it. Stay as long as you like.]
""",
}


def starter(language: Language, title: str) -> str:
    """Return a first script with a title."""
    quoted = '"' + title.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return STARTERS[language].format(title=quoted)
