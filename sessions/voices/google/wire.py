"""What goes to Google's speech service and what comes back: bodies, replies, and their judgement.

The protocol is that of gTTS 2.5.4: a form body per 100 characters, answered by lines of which the
one that names `jQ1olc` holds MP3 in base64. A reply counts only when all of it is there, it can
be decoded, it sounds, and it is as long as its text can be.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sessions.script.texts import has_words

if TYPE_CHECKING:
    from sessions.units import Audio

MAX_CHARACTERS = 100
"""Of one request; the service cuts off what is longer."""
SILENT_PEAK = 1e-3
MAX_LETTERS_A_SECOND = {False: 24.0, True: 16.0}
"""Faster than the service ever speaks, by `slow`: it says 12 to 16 letters a second, slowly 8 to
10. What is shorter has lost its end."""
MAX_SECONDS_A_LETTER = 0.4
MAX_SECONDS_A_DIGIT = 1.5
"""A digit may stand for a word of several syllables."""
FREE_SECONDS = 4.0
"""Pauses and single sounds that a short text may have."""

_AUDIO = re.compile(rb'jQ1olc","\[\\"([A-Za-z0-9+/=]*)\\"\]')
_BOUNDARY = re.compile(
    r"(?<=[.,;:!?…–—])\s+|(?<=[.,;:!?…][\"'”’»)\]])\s+|(?<=\s-)\s+"  # noqa: RUF001 - dashes
)


class WrongReplyError(ValueError):
    """A reply that holds no speech, or not that of its text."""


@dataclass(frozen=True, slots=True)
class Part:
    """At most 100 characters, and how they are to be spoken."""

    text: str
    language: str
    slow: bool

    @property
    def body(self) -> str:
        """The form body that asks for it."""
        from gtts import gTTS  # noqa: PLC0415 -- only when something is fetched

        speech = gTTS(
            self.text, lang=self.language, slow=self.slow, lang_check=False, pre_processor_funcs=[]
        )
        (body,) = speech.get_bodies()
        return str(body)


def parts(text: str, language: str, *, slow: bool) -> list[Part]:
    """Return a text in as few requests as it can be, cut after punctuation where possible.

    gTTS itself would cut at every comma, and each cut is heard as a pause.
    """
    from gtts.tokenizer import pre_processors  # noqa: PLC0415

    for prepare in (
        pre_processors.tone_marks,
        pre_processors.end_of_line,
        pre_processors.abbreviations,
        pre_processors.word_sub,
    ):
        text = prepare(text)
    pieces = [piece for clause in _BOUNDARY.split(text.strip()) for piece in fitting(clause)]
    joined: list[str] = []
    for piece in pieces:
        if joined and len(joined[-1]) + 1 + len(piece) <= MAX_CHARACTERS:
            joined[-1] += f" {piece}"
        else:
            joined.append(piece)
    return [Part(piece, language, slow) for piece in joined if has_words(piece)]


def fitting(clause: str) -> list[str]:
    """Return a clause in pieces of at most 100 characters, cut between words if it can be."""
    pieces: list[str] = []
    rest = clause
    while len(rest) > MAX_CHARACTERS:
        cut = rest.rfind(" ", 1, MAX_CHARACTERS + 1)
        cut = cut if cut > 0 else MAX_CHARACTERS
        pieces.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return [*pieces, rest]


def speech_of(body: bytes, part: Part) -> tuple[Audio, int]:
    """Return the samples of a reply and their rate in hertz.

    Raises
    ------
    WrongReplyError
        It is not the speech of that text.
    """
    import soundfile  # noqa: PLC0415

    found = _AUDIO.search(body)
    if found is None or not found[1]:
        raise WrongReplyError("without audio")
    try:
        data = base64.b64decode(found[1], validate=True)
        sound, rate_hz = soundfile.read(io.BytesIO(data), dtype="float32", always_2d=True)
    except (binascii.Error, soundfile.LibsndfileError) as error:
        raise WrongReplyError("with damaged audio") from error
    mono = sound.mean(axis=1, dtype=np.float32)
    judge(mono, rate_hz, part)
    return mono, rate_hz


def judge(sound: Audio, rate_hz: int, part: Part) -> None:
    """See that audio is heard, and is as long as its text can be."""
    heard = np.flatnonzero(np.abs(sound) > SILENT_PEAK)
    if not len(heard):
        raise WrongReplyError("with silence")
    seconds = float(heard[-1] - heard[0]) / rate_hz
    letters = sum(map(str.isalpha, part.text))
    digits = sum(map(str.isdigit, part.text))
    shortest = (letters + digits) / MAX_LETTERS_A_SECOND[part.slow]
    longest = FREE_SECONDS + letters * MAX_SECONDS_A_LETTER + digits * MAX_SECONDS_A_DIGIT
    if not shortest <= seconds <= longest:
        raise WrongReplyError(f"of {seconds:.1f} s for {len(part.text)} characters")
