from __future__ import annotations

from sessions.library.scripts import loads
from sessions.script.model import Break, Pause, Script, Speech
from sessions.script.pacing import RATE_STEP, paced


def script(front: str, text: str) -> Script:
    return loads(f"---\ntaal: nl\n{front}\n---\n{text}", path="a.md")


def speeches(result: Script) -> list[Speech]:
    return [part for part in result.parts if isinstance(part, Speech)]


def test_a_pace_sets_the_speed_and_nothing_else() -> None:
    plain = script("title: x", "Een. [pauze 4s..8s] Twee. [adem 4 6 tel mee]")
    fast = paced(plain, 1.1)
    assert {part.style.rate for part in speeches(fast)} == {1.1}
    assert paced(plain, 1.0) == plain


def test_a_session_deepens_evenly_in_few_steps() -> None:
    deep = paced(
        script("deepen: 30 %", "Een rustige zin.\n\n[pauze 4s..9s][pauze 4s]\n\n" * 50), 1.0
    )
    rates = [part.style.rate for part in speeches(deep)]
    assert rates[0] == 1.0
    assert rates == sorted(rates, reverse=True)
    assert abs(rates[-1] - 0.9) <= RATE_STEP / 2 + 1e-9
    assert len(set(rates)) <= 7
    softer = [part.gain_db for part in speeches(deep)]
    assert softer[0] == 0.0
    assert -3.0 <= softer[-1] < -2.8
    elastic = [p.seconds for p in deep.parts if isinstance(p, Pause) and p.elastic]
    assert 5.1 < elastic[-1] <= 5.2
    assert {p.seconds for p in deep.parts if isinstance(p, Pause) and not p.elastic} == {4.0}
    breaks = [part.stretch for part in deep.parts if isinstance(part, Break)]
    assert 1.25 < breaks[-1] <= 1.3
