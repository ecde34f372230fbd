"""`auto`: the best voice at hand, chosen once, for the whole session."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from sessions.voices.piper.voice import HOW_TO_GET, installed_for, missing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sessions.script.model import Language

PROBE_SECONDS = 2.0
PROBE_URL = "https://translate.google.com/generate_204"
BETTER = "for a more natural voice that works offline: {}sessions voices install {}"
SUGGESTED = {"nl": "nl_BE-nathalie-medium", "en": "en_GB-cori-medium"}


def best_voice(
    language: Language,
    home: Path,
    notice: Callable[[str], None],
    *,
    offline: bool,
    kept: Callable[[str], bool],
    answers: Callable[[], bool],
) -> str:
    """Return the name of the best voice at hand for a language.

    An installed Piper voice; else Google's, where all lines are `kept` from it or it `answers`,
    and the network is allowed; else espeak, with a notice of how to get a better one.
    """
    piper = installed_for(home, language)
    if piper:
        return f"piper:{piper}"
    if not offline and (kept("google") or answers()):
        return "google"
    first = f"{HOW_TO_GET}, then " if missing() else ""
    notice(f"speaking with espeak; {BETTER.format(first, SUGGESTED[language])}")
    return "espeak"


def google_answers() -> bool:
    """Return whether Google's voice can be reached within two seconds.

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
