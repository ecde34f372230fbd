from __future__ import annotations

import pytest

from sessions.script.page import Misread
from sessions.script.phrases.quantities import duration, level, span


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("4s", 4.0),
        ("4", 4.0),
        ("4 s", 4.0),
        ("2,5 s", 2.5),
        ("2.5s", 2.5),
        (".5", 0.5),
        ("1m30s", 90.0),
        ("1m30", 90.0),
        ("1 min 30 sec", 90.0),
        ("1 minuut en 30 seconden", 90.0),
        ("1:30", 90.0),
        ("0:01:30", 90.0),
        ("4 seconden", 4.0),
        ("4 SECONDS", 4.0),
        ("500 ms", 0.5),
        ("1 uur", 3600.0),
        ("five", 5.0),
        ("vijf seconden", 5.0),
        ("a minute", 60.0),
        ("een minuut en dertig seconden", 90.0),
        ("one-minute", 60.0),
        ("1 min 15 sec", 75.0),
        ("een halve minuut", 30.0),
        ("half a minute", 30.0),
        ("half minuutje", 30.0),
        ("halfuur", 1800.0),
        ("an half hour", 1800.0),
        ("anderhalve minuut", 90.0),
        ("one and a half minutes", 90.0),
        ("a minute and a half", 90.0),
        ("two and a half minutes", 150.0),
        ("twee en een halve minuut", 150.0),
        ("tweeënhalve minuut", 150.0),
        ("vierenhalve minuut", 270.0),
        ("2½ minutes", 150.0),
        ("½ minute", 30.0),
        ("1 ½ min", 90.0),
        ("een kwartier", 900.0),
        ("drie kwartier", 2700.0),
        ("a quarter of an hour", 900.0),
        ("three quarters of an hour", 2700.0),
        ("twenty-five seconds", 25.0),
        ("vijfentwintig seconden", 25.0),
        ("tweeëntwintig tellen", 22.0),
        ("eleven", 11.0),
        ("- 5 s", 5.0),
        ("– 10 seconds", 10.0),  # noqa: RUF001 - dashes that set a length off
        ("— 10 s —", 10.0),
    ],
)
def test_lengths_are_read_as_people_write_them(text: str, seconds: float) -> None:
    assert duration(text, what="a pause", example="4s") == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("8s..30s", 8, 30),
        ("8-30s", 8, 30),
        ("8s – 30s", 8, 30),  # noqa: RUF001 - an en dash is what word processors make
        ("8 to 30", 8, 30),
        ("8 tot 30", 8, 30),
        ("8…30", 8, 30),
        ("1-2 min", 60, 120),
        ("1m..2", 60, 120),
        ("30-1:30", 30, 90),
        ("8s..8s", 8, 8),
        ("between 5 and 10 seconds", 5, 10),
        ("tussen vijf en tien tellen", 5, 10),
        ("one to two minutes", 60, 120),
        ("1m30..3m", 90, 180),
        ("tien à vijftien seconden", 10, 15),
        ("half a minute to a minute", 30, 60),
    ],
)
def test_ranges_are_elastic_and_share_a_unit(text: str, low: float, high: float) -> None:
    assert (low, high) == span(text, what="a pause", example="4s")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "needs a length"),
        ("-3", "cannot be negative"),
        ("−3", "cannot be negative"),  # noqa: RUF001 - a minus sign
        ("een moment", "not a length"),
        ("five bananas", "not a length"),
        ("nan", "not a length"),
        ("inf", "not a length"),
        ("1e9", "not a length"),
        ("٤", "not a length"),
        ("4 bananas", "not a length"),
        ("4s 5", "not a length"),
        ("61m", "at most 60 minutes"),
        ("9" * 5000, "at most 60 minutes"),
        ("30s..8s", "runs backwards"),
        ("8s..", "not a range"),
        ("..8s", "not a range"),
        ("1-2-3", "not a range"),
        ("8s..-30s", "not a"),
    ],
)
def test_what_is_no_length_says_so_with_a_remedy(text: str, says: str) -> None:
    with pytest.raises(Misread) as caught:
        span(text, what="a pause", example="[pause 4s]")
    assert says in caught.value.message
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("text", "gain_db"), [("-6 dB", -6.0), ("+3", 3.0), ("2,5db", 2.5), ("− 6 dB", -6.0)]  # noqa: RUF001
)  # fmt: skip
def test_levels_are_decibels(text: str, gain_db: float) -> None:
    assert gain_db == level(text, example="-6 dB")


@pytest.mark.parametrize("text", ["-90 dB", "40 dB", "loud", "", "1e3", "-" + "9" * 400])
def test_levels_out_of_reach_are_refused(text: str) -> None:
    with pytest.raises(Misread):
        level(text, example="-6 dB")
