"""The natural voice that needs the network: Google's, by the protocol of gTTS.

gTTS's own sending checks no certificate, waits for ever and takes what it gets. Here a request is
sent with TLS verified, bounded in time and size, tried again with patience, and its reply judged
before anybody hears it. `REQUESTS_CA_BUNDLE`, `HTTPS_PROXY` and `NO_PROXY` count.
"""

from __future__ import annotations

import logging
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from sessions.errors import ConfigurationError, TryAgainLaterError, UnavailableError
from sessions.voices.base import Kind, Utterance, likely, version_of
from sessions.voices.google.joining import JOINING, joined
from sessions.voices.google.patience import Gate, PassingError
from sessions.voices.google.wire import WrongReplyError, parts, speech_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import requests

    from sessions.script.model import Style
    from sessions.units import Audio
    from sessions.voices.base import Choice, Line, Search
    from sessions.voices.google.wire import Part

TLDS = ("com", "nl", "be", "co.uk", "com.au", "ca", "ie", "co.in", "co.za", "com.ng")
"""Hosts of the service; of English ones the accent follows. Nothing else gets into the address."""
PATH = "/_/TranslateWebserverUi/data/batchexecute"
MAX_REPLY_BYTES = 5 << 20
BLOCK_BYTES = 1 << 16
BLOCKING = {403, 429, 503}
"""Statuses with which the service shows that it wants fewer requests."""
PROBE_URL = "https://translate.google.com/generate_204"
PROBE_SECONDS = 2.0
INSTEAD = "try again later, or choose a voice that works offline, such as espeak"

logging.getLogger("stamina").addHandler(logging.NullHandler())  # or each new try is a warning


@dataclass(frozen=True, slots=True)
class Google:
    """Google's voice as it is heard at translate.google.`tld`."""

    tld: str = "com"
    gate: Gate = field(default_factory=Gate, compare=False, repr=False)
    sends_to: str = "Google"

    @property
    def name(self) -> str:
        """What a person calls it."""
        return "google" if self.tld == "com" else f"google:{self.tld}"

    def identity(self, style: Style) -> dict[str, str | int | float]:
        """Return protocol version, host, language and pace, and how parts are joined."""
        return {
            "engine": f"gTTS {version_of('gTTS')}",
            "joined": JOINING,
            "tld": self.tld,
            "language": style.language,
            "slow": int(style.slow),
        }

    @contextmanager
    def open(self) -> Iterator[GoogleSpeaker]:
        """Open a session over which connections are kept."""
        import requests  # noqa: PLC0415 -- 60 ms that a warm cache saves

        with requests.Session() as session:
            yield GoogleSpeaker(self.tld, session, self.gate)


@dataclass(frozen=True, slots=True)
class GoogleSpeaker:
    """One connection's worth of the voice."""

    tld: str
    session: requests.Session
    gate: Gate

    def speak(self, line: Line) -> Utterance:
        """Fetch a line, part by part; each part is right or the line fails."""
        sounds: list[Audio] = []
        rate_hz = 24_000
        asked = parts(line.normalized, line.style.language, slow=line.style.slow)
        for part in asked:
            sound, rate_hz = self._patiently(part)
            sounds.append(sound)
        return Utterance(joined(sounds, [part.text for part in asked], rate_hz), rate_hz)

    def _patiently(self, part: Part) -> tuple[Audio, int]:
        import stamina  # noqa: PLC0415

        patience = self.gate.patience
        started = 0.0

        def again(error: Exception) -> bool | float:
            if not isinstance(error, PassingError) or not self.gate.failed(error, started):
                return False
            return True if error.wait_seconds is None else error.wait_seconds

        try:
            for attempt in stamina.retry_context(
                on=again,
                attempts=patience.tries,
                timeout=None,
                wait_initial=patience.first_wait_seconds,
                wait_jitter=patience.jitter_seconds,
                wait_max=patience.longest_wait_seconds,
            ):
                with attempt, self.gate.places:
                    if self.gate.closed:
                        raise TryAgainLaterError(f"Google's voice: {self.gate.closed}", INSTEAD)
                    started = time.monotonic()
                    found = self._fetched(part)
                    self.gate.passed()
        except PassingError as error:
            raise TryAgainLaterError(f"Google's voice: {error}", INSTEAD) from error
        return found

    def _fetched(self, part: Part) -> tuple[Audio, int]:
        body = self._reply(part)
        try:
            return speech_of(body, part)
        except WrongReplyError as error:
            # A page instead of a reply is how the service asks for a captcha.
            page = body.lstrip()[:1] == b"<"
            why = "it wants to see a person" if page else f"a reply {error}"
            raise PassingError(why, blocked=page) from error

    def _reply(self, part: Part) -> bytes:
        import requests  # noqa: PLC0415
        from gtts import gTTS  # noqa: PLC0415
        from urllib3.exceptions import HTTPError  # noqa: PLC0415

        patience = self.gate.patience
        try:
            with self.session.post(
                f"https://translate.google.{self.tld}{PATH}",
                data=part.body,
                headers=gTTS.GOOGLE_TTS_HEADERS,
                timeout=patience.silent_seconds,
                allow_redirects=False,
                stream=True,
            ) as response:
                refuse_status(response)
                return whole_body(response, patience.reply_seconds)
        except requests.exceptions.SSLError as error:
            if "CERTIFICATE_VERIFY_FAILED" in str(error):
                raise UnavailableError(
                    f"translate.google.{self.tld} shows a certificate that is not trusted",
                    "nothing was sent; if a proxy of yours ends TLS, name its certificate in "
                    "REQUESTS_CA_BUNDLE",
                ) from error
            raise PassingError("the connection was broken off") from error
        except requests.exceptions.ConnectionError as error:
            raise PassingError("it cannot be reached", unreachable=True) from error
        except requests.exceptions.Timeout as error:
            raise PassingError("it does not answer", unreachable=True) from error
        except (requests.exceptions.RequestException, HTTPError, OSError) as error:
            raise PassingError("the connection was broken off") from error


def refuse_status(response: requests.Response) -> None:
    """Raise for a status that no speech comes with."""
    status = response.status_code
    if status == 200:
        return
    blocked = status in BLOCKING or 300 <= status < 400
    raise PassingError(
        f"it answered with status {status}",
        blocked=blocked,
        wait_seconds=seconds_of(response.headers.get("Retry-After")),
    )


def seconds_of(retry_after: str | None) -> float | None:
    """Return how long a `Retry-After` asks to wait (RFC 9110, 10.2.3): seconds, or a date."""
    if not retry_after:
        return None
    if retry_after.strip().isdigit():
        return float(retry_after)
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    except (TypeError, ValueError):
        return None


def whole_body(response: requests.Response, within_seconds: float) -> bytes:
    """Return a body that comes within a time and a size; `requests` bounds neither."""
    deadline = time.monotonic() + within_seconds
    body = bytearray()
    while block := response.raw.read1(BLOCK_BYTES, decode_content=True):
        body += block
        if len(body) > MAX_REPLY_BYTES:
            raise PassingError(f"a reply of more than {MAX_REPLY_BYTES >> 20} MiB")
        if time.monotonic() > deadline:
            raise PassingError("a reply that did not come to its end in time")
    return bytes(body)


def make(choice: Choice) -> Google:
    """Return the voice of an accent, such as `co.uk`."""
    tld = choice.detail or "com"
    if tld not in TLDS:
        raise ConfigurationError(f"unknown accent 'google:{tld}'", likely(tld, TLDS))
    return Google(tld)


def at_hand(search: Search) -> str:
    """Return the voice where the network is allowed, and it is kept or answers."""
    there = not search.offline and (search.kept("google") or answers())
    return "google" if there else ""


def answers() -> bool:
    """Return whether the service can be reached within two seconds.

    In a thread, because looking up a name cannot be bounded in time.
    """
    reached = threading.Event()
    ended = threading.Event()

    def knock() -> None:
        import requests  # noqa: PLC0415

        try:
            requests.head(PROBE_URL, timeout=PROBE_SECONDS, allow_redirects=False)
            reached.set()
        except (requests.RequestException, OSError):
            pass
        finally:
            ended.set()

    threading.Thread(target=knock, daemon=True).start()
    ended.wait(PROBE_SECONDS)
    return reached.is_set()


KIND = Kind(
    make,
    what="natural; the accent by its country, as google:co.uk",
    licence="Google's terms of service",
    sends="each line's text goes to Google (translate.google.com)",
    details=lambda _home: TLDS,
    at_hand=at_hand,
)
