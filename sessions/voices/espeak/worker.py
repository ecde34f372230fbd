"""Speak lines with espeak-ng in a process of its own. Run as a program; standard library only.

    python worker.py LIBRARY VOICES DATA_PARENT

It works in the folder VOICES, from which DATA_PARENT is a path of less than 160 bytes: espeak-ng's
buffers are short, 160 for its data and 60 for a voice.

A request is one line of JSON on stdin: `text`, `voice_file` (a name in VOICES), and espeak's own
`rate` (words a minute), `pitch`, `range`, `word_gap` and `volume`. The answer is one line of JSON
on stdout, `rate_hz`, `samples` and `words` (`[offset, length, sample]` in characters of the text),
followed
by that many 16-bit samples in the machine's byte order; or `{"error": "..."}`. A request with
`pieces`, a list of texts, and `voice`, a language of espeak-ng, is answered with `phonemes`, the
IPA of each piece, and with no samples. The end of stdin ends it, so it cannot outlive its parent.

espeak-ng keeps state between calls, so the same text would sound a little different each time;
some of it is the C library's random generator. The library is loaded anew and the generator
seeded for every line (about 6 ms). It also calls `exit` on some errors and is not thread-safe:
reasons why it lives in a process that may die.
"""

from __future__ import annotations

import _ctypes
import ctypes
import ctypes.util
import json
import os
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

SYNCHRONOUS = 2  # AUDIO_OUTPUT_SYNCHRONOUS of speak_lib.h: the callback runs inside espeak_Synth
DONT_EXIT = 0x8000  # espeakINITIALIZE_DONT_EXIT
CHARS_UTF8, POSITION_CHARACTER = 1, 1
PHONEMES_IPA = 2  # bit 1 of the phoneme mode of espeak_TextToPhonemes
EVENT_END_OF_LIST, EVENT_WORD = 0, 1
NO_DATA = "espeak-ng found no data"
PARAMETERS = {"rate": 1, "volume": 2, "pitch": 3, "range": 4, "word_gap": 7}


class EventId(ctypes.Union):
    """The id of `espeak_EVENT`."""

    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class Event(ctypes.Structure):
    """`espeak_EVENT` of speak_lib.h, API revision 12."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", EventId),
    )


Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(Event)
)


def seed_c_library() -> None:
    """Give the C library's `rand` the same start for every line."""
    name = "msvcrt" if sys.platform == "win32" else None
    ctypes.CDLL(name).srand(1)


def unload(library: ctypes.CDLL) -> None:
    """Drop the library, and its state with it."""
    handle = library._handle  # noqa: SLF001 -- ctypes offers no other way
    if sys.platform == "win32":
        _ctypes.FreeLibrary(handle)
    else:
        _ctypes.dlclose(handle)


def collect(pcm: bytearray, words: list[list[int]]) -> Any:
    """Return a callback that gathers samples and word events."""

    def on_audio(wav: Any, count: int, events: Any) -> int:
        if count > 0 and wav:
            pcm.extend(ctypes.string_at(wav, count * 2))
        index = 0
        while events and events[index].type != EVENT_END_OF_LIST:
            event = events[index]
            if event.type == EVENT_WORD:
                words.append([event.text_position - 1, event.length, event.sample])
            index += 1
        return 0

    return Callback(on_audio)


@contextmanager
def started(library_path: str, data: str) -> Iterator[tuple[ctypes.CDLL, int]]:
    """Load the library afresh, without any state, and give it with its rate (0 or less: failed)."""
    library = ctypes.CDLL(library_path)
    try:
        rate_hz = library.espeak_Initialize(SYNCHRONOUS, 0, os.fsencode(data), DONT_EXIT)
        seed_c_library()
        yield library, rate_hz
        if rate_hz > 0:
            library.espeak_Terminate()
    finally:
        unload(library)


def speak(library_path: str, data: str, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Return the header and the samples of one line."""
    with started(library_path, data) as (library, rate_hz):
        if rate_hz <= 0:
            return {"error": NO_DATA}, b""
        pcm, words = bytearray(), []  # type: tuple[bytearray, list[list[int]]]
        callback = collect(pcm, words)
        library.espeak_SetSynthCallback(callback)
        if library.espeak_ng_SetVoiceByFile(request["voice_file"].encode()) != 0:
            return {"error": f"espeak-ng cannot read the voice {request['voice_file']}"}, b""
        for name, number in PARAMETERS.items():
            library.espeak_SetParameter(number, int(request[name]), 0)
        text = request["text"].encode("utf-8") + b"\0"
        status = library.espeak_Synth(
            text, ctypes.c_size_t(len(text)), 0, POSITION_CHARACTER, 0, CHARS_UTF8, None, None
        )
        library.espeak_Synchronize()
        if status != 0:
            return {"error": f"espeak-ng failed with status {status}"}, b""
        return {"rate_hz": rate_hz, "samples": len(pcm) // 2, "words": words}, bytes(pcm)


def pronounce(library_path: str, data: str, request: dict[str, Any]) -> dict[str, Any]:
    """Return the header that tells the IPA of some pieces of text."""
    with started(library_path, data) as (library, rate_hz):
        if rate_hz <= 0:
            return {"error": NO_DATA}
        if library.espeak_SetVoiceByName(request["voice"].encode()) != 0:
            return {"error": f"espeak-ng has no voice {request['voice']}"}
        library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        return {"phonemes": [ipa(library, piece) for piece in request["pieces"]]}


def ipa(library: ctypes.CDLL, piece: str) -> str:
    """Return the IPA of a text; the library gives a clause at a time, and moves the pointer on."""
    text = ctypes.create_string_buffer(piece.encode("utf-8"))
    place = ctypes.c_void_p(ctypes.addressof(text))
    clauses: list[str] = []
    while place.value:
        said = library.espeak_TextToPhonemes(ctypes.byref(place), CHARS_UTF8, PHONEMES_IPA)
        clauses.append(said.decode("utf-8").strip() if said else "")
    return " ".join(filter(None, clauses))


def main() -> None:
    """Answer requests until stdin ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    library_path, voices, data_parent = sys.argv[1:4]
    os.chdir(voices)
    for line in sys.stdin.buffer:
        request = json.loads(line)
        if "pieces" in request:
            header, pcm = pronounce(library_path, data_parent, request), b""
        else:
            header, pcm = speak(library_path, data_parent, request)
        sys.stdout.buffer.write(json.dumps(header).encode() + b"\n" + pcm)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
