"""Fuzz the reading of scripts and all kinds of file with coverage; `fuzz.oracle` says what holds.

    pip install atheris
    python -m fuzz.script -max_total_time=180 fuzz/corpus

The corpus begins with one small file per corner of the language; what the fuzzer adds to it need
not be kept. Without atheris, `python -m fuzz.readers` tries the same at random.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["sessions.script"]):
    from fuzz.oracle import one

if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
