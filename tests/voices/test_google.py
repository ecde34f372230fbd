"""The online voice, against a double of its service that breaks in every way."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sessions.errors import TryAgainLaterError, UnavailableError
from sessions.script.model import Language, Style
from sessions.storage.caches import Caches
from sessions.units import SAMPLE_RATE_HZ
from sessions.voices.base import Clip, Line
from sessions.voices.cache import ClipCache, clip_key
from sessions.voices.cast import Cast
from sessions.voices.finish import finish
from sessions.voices.google.patience import Gate, PassingError, Patience
from sessions.voices.google.voice import Google, seconds_of
from sessions.voices.google.wire import Part, WrongReplyError, judge, parts
from sessions.voices.speak import Booth, speak_all
from tests.voices.speech_service import FAULTS, closed_port, pitch_hz, seconds

if TYPE_CHECKING:
    from pathlib import Path

    from sessions.units import Audio
    from tests.voices.speech_service import Service

QUICK = Patience(
    silent_seconds=0.12,
    reply_seconds=0.12,
    first_wait_seconds=0.002,
    jitter_seconds=0.002,
    unreachable_seconds=0.3,
)
DUTCH = Style(Language.DUTCH)
LINE = Line("Je schouders mogen zakken.", DUTCH)


def quick(tld: str = "com", at_once: int = 2, reply_seconds: float = 0.12) -> Google:
    patience = replace(QUICK, silent_seconds=reply_seconds, reply_seconds=reply_seconds)
    return Google(tld, Gate(patience, threading.Semaphore(at_once)))


def heard_hz(sound: Audio, rate_hz: int) -> float:
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
    return float(np.fft.rfftfreq(len(sound), 1 / rate_hz)[spectrum.argmax()])


def is_right(clip: Clip, text: str) -> bool:
    length = len(clip.samples) / SAMPLE_RATE_HZ
    pitch = heard_hz(clip.samples, SAMPLE_RATE_HZ)
    return abs(pitch - pitch_hz(text)) < 9 and abs(length - seconds(text)) < 0.15


def test_a_line_is_fetched_over_verified_tls_through_the_proxy(service: Service) -> None:
    with quick("co.uk").open() as speaker:
        heard = speaker.speak(LINE)
    assert heard.rate_hz == 24_000
    assert heard_hz(heard.samples, 24_000) == pytest.approx(pitch_hz(LINE.text), abs=5)
    assert service.hosts == {"translate.google.co.uk:443"}


def test_slow_is_asked_of_the_service(service: Service) -> None:
    with quick().open() as speaker:
        usual, slow = (
            len(speaker.speak(Line(LINE.text, Style(Language.DUTCH, slow=slow))).samples)
            for slow in (False, True)
        )
    assert service.asked[LINE.text] == 2
    assert slow > 1.3 * usual


def test_a_long_line_goes_in_parts_of_at_most_100_characters(service: Service) -> None:
    text = ", ".join(["laat je adem rustig gaan"] * 12) + "."
    with quick().open() as speaker:
        heard = speaker.speak(Line(text, DUTCH))
    assert len(service.asked) <= 4
    assert max(map(len, service.asked)) <= 100
    assert len(heard.samples) / 24_000 > 0.9 * seconds(text)


def holes(sound: Audio) -> list[float]:
    """Return the lengths in seconds of what is 40 dB and more under the loudest, within a clip."""
    step = SAMPLE_RATE_HZ // 500
    frames = sound[: len(sound) // step * step].reshape(-1, step)
    levels = np.abs(frames).max(axis=1)
    quiet = levels < levels.max() / 100
    edges = np.flatnonzero(np.diff(quiet.astype(int), prepend=0, append=0))
    return [float(stop - start) / 500 for start, stop in edges.reshape(-1, 2)]


CLAUSE = "voel hoe je voeten de grond raken en hoe de grond jou weer draagt tot aan je hielen"
JOINED = {
    ",": (0.12, 0.18), ";": (0.16, 0.23), ":": (0.16, 0.23), ".": (0.18, 0.25), "?": (0.18, 0.25),
    "!": (0.18, 0.25), "…": (0.18, 0.25), "...": (0.18, 0.25), '."': (0.18, 0.25),
    ",”": (0.12, 0.18), "": (0.0, 0.08), " en": (0.0, 0.08), ")": (0.0, 0.08),
    " —": (0.12, 0.18), " -": (0.12, 0.18),
}  # fmt: skip
"""What stands where two parts join, and the least and the most that is silent there."""


@pytest.mark.parametrize("mark", JOINED)
@pytest.mark.parametrize(
    ("around", "slow"),
    [
        pytest.param((0.0, 0.0), False, marks=pytest.mark.practice),
        pytest.param((0.05, 1.2), False, marks=pytest.mark.practice),
        ((0.3, 0.7), True),
    ],
)
def test_where_parts_of_a_line_join_there_is_the_pause_of_their_mark(
    service: Service,
    mark: str,
    around: tuple[float, float],
    slow: bool,  # noqa: FBT001
) -> None:
    service.around_seconds = around
    text = f"{CLAUSE}{mark} {CLAUSE}, {CLAUSE}{mark} {CLAUSE}."
    with quick(reply_seconds=2.0).open() as speaker:
        clip = finish(speaker.speak(Line(text, Style(Language.DUTCH, slow=slow))))
    found = [hole for hole in holes(clip.samples) if hole > 0.03]
    least, most = JOINED[mark]
    assert len(service.asked) >= 2
    assert max(found) <= 0.25
    if least:
        first, comma, last = found
        assert least <= first <= most
        assert least <= last <= most
        assert JOINED[","][0] <= comma <= JOINED[","][1]
    else:
        assert all(hole < 0.08 or JOINED[","][0] <= hole <= JOINED[","][1] for hole in found)


def test_where_parts_join_nothing_clicks(service: Service) -> None:
    service.around_seconds = (0.2, 0.5)
    with quick(reply_seconds=2.0).open() as speaker:
        clip = finish(speaker.speak(Line(f"{CLAUSE} {CLAUSE}, {CLAUSE}", DUTCH)))
    # A tone of 980 Hz, the highest that is said, bends by so much; a click bends ten times as much.
    bend = float(np.abs(clip.samples).max()) * (2 * np.pi * 980 / SAMPLE_RATE_HZ) ** 2
    assert np.abs(np.diff(clip.samples, 2)).max() < 1.3 * bend


def test_a_line_of_one_part_is_as_it_came(service: Service) -> None:
    service.around_seconds = (0.2, 0.5)
    with quick().open() as speaker:
        heard = speaker.speak(LINE)
    assert len(heard.samples) / 24_000 > seconds(LINE.text) + 0.6


def test_a_text_is_cut_where_it_breathes_and_nothing_is_lost() -> None:
    clause = "voel hoe je voeten de grond raken en hoe de grond jou draagt"
    text = f"{clause}, {clause}; {'a' * 130} {clause}."
    found = [part.text for part in parts(text, "nl", slow=False)]
    assert "".join(found).replace(" ", "") == text.replace(" ", "")
    assert all(len(part) <= 100 for part in found)
    assert found[0] == f"{clause},"
    assert parts("... —", "nl", slow=False) == []


@pytest.mark.parametrize("fault", [*FAULTS, "silence", "redirect", "429 for an hour"])
def test_a_reply_that_is_always_broken_ends_resumable(service: Service, fault: str) -> None:
    service.fault = fault
    with quick().open() as speaker, pytest.raises(TryAgainLaterError) as caught:
        speaker.speak(LINE)
    assert caught.value.exit_code == 75
    blocks = fault.startswith("429") or fault in {"html", "redirect"}
    most = {"429 for an hour": 1}.get(fault, 4 if blocks else 5)
    # A service that is mute is given up by time, and not by tries.
    assert service.asked[LINE.text] in ({2, 3, 4} if fault == "stall" else {most})


@pytest.mark.parametrize("fault", FAULTS)
def test_a_reply_that_is_broken_once_is_asked_again(service: Service, fault: str) -> None:
    service.fault = fault
    wrong = service.fault_for
    monkey = iter([fault, ""])

    def once(text: str) -> str:
        service.fault = next(monkey)
        return wrong(text)

    service.fault_for = once  # type: ignore[method-assign]
    with quick().open() as speaker:
        heard = speaker.speak(LINE)
    assert heard_hz(heard.samples, 24_000) == pytest.approx(pitch_hz(LINE.text), abs=5)
    assert service.asked[LINE.text] == 2


def test_hundreds_of_clips_with_three_in_ten_broken_are_all_right(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.fsync", lambda _file: None)  # 3 s of it, and no power cut to fear
    service.broken_share = 0.3
    lines = [Line(f"zin {number}", DUTCH) for number in range(300)]
    cache = ClipCache(Caches(tmp_path).clips)
    for run in range(40):
        try:
            with Booth(Cast(quick(at_once=8, reply_seconds=0.25)), cache) as booth:
                speak_all(lines, booth, 8, lambda _done, _of: None)
        except TryAgainLaterError:
            assert run < 39
        else:
            break
    for line in lines:
        clip = cache.get(clip_key(Google(), line))
        assert clip is not None
        assert is_right(clip, line.text)
    assert service.asked.total() > 390
    # A right reply that a busy machine lets come too late is asked for again.
    assert service.served.total() < 310


def test_two_requests_at_once_at_most_and_one_notice(service: Service, tmp_path: Path) -> None:
    lines = [Line(f"rust {number}", DUTCH) for number in range(40)]
    told: list[str] = []
    with Booth(Cast(Google()), ClipCache(Caches(tmp_path).clips), notice=told.append) as booth:
        speak_all(lines, booth, 8, lambda _done, _of: None)
    assert len(told) == 1
    assert service.most_at_once <= 2
    assert service.served.total() == 40


def test_a_stop_says_what_is_kept_and_the_next_run_goes_on(
    service: Service, tmp_path: Path
) -> None:
    lines = [Line(f"adem in {number}", DUTCH) for number in range(12)]
    cache = ClipCache(Caches(tmp_path).clips)

    def run() -> None:
        with Booth(Cast(quick()), cache) as booth:
            speak_all(lines, booth, 1, lambda done, _of: broken_from(done, 5))

    def broken_from(done: int, when: int) -> None:
        service.fault = "429" if done >= when else ""

    with pytest.raises(TryAgainLaterError) as caught:
        run()
    kept = cache.kept.usage().entries
    assert 5 <= kept < 12
    assert f"{kept} of 12 lines are spoken and kept" in caught.value.message
    assert "goes on" in caught.value.remedy
    service.fault = ""
    when_down = service.served.copy()
    with Booth(Cast(quick()), cache) as booth:
        speak_all(lines, booth, 2, lambda _done, _of: None)
    assert set(service.served.values()) == {1}
    assert sum(when_down.values()) == kept


def test_a_wrong_certificate_is_refused_and_nothing_is_sent(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    with quick().open() as speaker, pytest.raises(UnavailableError, match="certificate") as caught:
        speaker.speak(LINE)
    assert caught.value.exit_code == 69
    assert not service.asked


def test_a_certificate_of_another_host_is_refused(service: Service) -> None:
    with quick("com.au").open() as speaker, pytest.raises(UnavailableError, match="certificate"):
        speaker.speak(LINE)
    assert not service.asked


@pytest.mark.parametrize("how", ["nobody listens", "the proxy hangs up"])
def test_a_service_that_is_down_ends_soon_by_its_usual_patience(
    service: Service, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.up = False
    if how == "nobody listens":
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{closed_port()}")
    usual = Google()
    waits: list[float] = []
    monkeypatch.setattr("tenacity.nap.time.sleep", waits.append)
    started = time.monotonic()
    with usual.open() as speaker, pytest.raises(TryAgainLaterError, match="reached"):
        speaker.speak(LINE)
    assert time.monotonic() - started + sum(waits) < 30
    assert len(waits) == 4


def test_a_service_out_of_reach_is_given_up_after_a_while() -> None:
    gate = Gate()
    gone = PassingError("it cannot be reached", unreachable=True)
    first = time.monotonic() - gate.patience.silent_seconds
    assert gate.failed(gone, first)
    gate.unreachable_since = first - gate.patience.silent_seconds  # a second one that timed out
    assert not gate.failed(gone, first)
    assert gate.closed


def test_offline_sends_nothing_and_says_why(service: Service, tmp_path: Path) -> None:
    with (
        Booth(Cast(quick()), ClipCache(Caches(tmp_path).clips), offline=True) as booth,
        pytest.raises(UnavailableError, match="--offline"),
    ):
        booth.clip(LINE)
    assert not service.hosts


def test_what_is_kept_needs_no_network_and_no_notice(service: Service, tmp_path: Path) -> None:
    cache = ClipCache(Caches(tmp_path).clips)
    told: list[str] = []
    with Booth(Cast(quick()), cache, notice=told.append) as booth:
        booth.clip(LINE)
    assert len(told) == 1
    assert "Google" in told[0]
    service.up = False
    with Booth(Cast(quick()), cache, offline=True, notice=told.append) as booth:
        assert booth.clip(LINE)[1] is False
    assert len(told) == 1


@pytest.mark.parametrize(
    ("seconds_long", "slow", "fits"),
    [(0.3, False, False), (2.0, False, True), (14.9, False, False), (2.0, True, True)],
)
def test_a_length_is_judged_by_its_text(seconds_long: float, slow: bool, fits: bool) -> None:  # noqa: FBT001
    part = Part("Je mag hier rustig liggen.", "nl", slow)
    tone = np.sin(np.arange(round(seconds_long * 24_000)) / 20).astype(np.float32)
    padded = np.concatenate([np.zeros(24_000, np.float32), tone, np.zeros(48_000, np.float32)])
    if fits:
        judge(padded, 24_000, part)
    else:
        with pytest.raises(WrongReplyError):
            judge(padded, 24_000, part)


def test_retry_after_is_seconds_or_a_date() -> None:
    assert seconds_of("7") == 7.0
    assert seconds_of("Wed, 21 Oct 2015 07:28:00 GMT") == 0.0
    assert seconds_of("soon") is None
    assert seconds_of(None) is None
