"""Measure the voices: seconds of speech per second, start-up, memory; each in its own process.

    python -m bench.voices [VOICE ...]

`google` is measured against a double of its service on this machine, so its figure is what the
program costs and not the network. `piper` is measured with the voices that are installed; without
any, it is left out.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINES = 40
PROBE = """
import resource, sys, time
started = time.perf_counter()
import sessions
from pathlib import Path
from sessions.plan import (lines)
from sessions.voices import kind_of
from sessions.voices.cast import voice_of
from sessions.voices.finish import finish
from sessions.voices.polish import POLISHES
language = kind_of(sys.argv[1]).languages[0]
voice = voice_of(sys.argv[1], language, Path())
script = {"nl": "bodyscan", "en": "body-scan"}[language]
spoken = list(dict.fromkeys(lines(sessions.load(script))))[:int(sys.argv[2])]
with voice.open() as speaker:
    first = finish(speaker.speak(spoken[0]), POLISHES["warm"])
    ready = time.perf_counter()
    utterances = [speaker.speak(line) for line in spoken[1:]]
    said = time.perf_counter()
    clips = [finish(utterance, POLISHES["warm"]) for utterance in utterances]
    done = time.perf_counter()
speech = sum(len(clip.samples) for clip in clips) / 44100
usage = [resource.getrusage(who).ru_maxrss for who in
         (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(ready - started, speech / (said - ready), speech / (done - said), max(usage) / 1024)
"""


def measured(voice: str, environment: dict[str, str]) -> str:
    """Return a row of the table for one voice."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, voice, str(LINES)],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    start, engine, polish, memory = map(float, done.stdout.split())
    return f"| {voice} | {start:.2f} | {engine:.0f} | {polish:.0f} | {memory:.0f} |"


def main() -> None:
    """Print a table of the voices."""
    from sessions.settings import voices_folder  # noqa: PLC0415
    from sessions.voices.piper.voice import installed  # noqa: PLC0415
    from tests.voices.speech_service import make_certificates, running  # noqa: PLC0415

    pipers = [f"piper:{name}" for name in installed(voices_folder())]
    ours = ["espeak", "tone", "hibari", "kokoro", "google"]
    wanted = sys.argv[1:] or [*ours, *pipers]
    print(f"{time.strftime('%Y-%m-%d')}, load {os.getloadavg()[0]:.1f}\n")
    print("| voice | first line, s | engine, x real time | polish, x real time | memory, MB |")
    print("| --- | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        make_certificates(Path(folder))
        with running(Path(folder)) as service:
            environment = os.environ | {
                "HTTPS_PROXY": f"http://127.0.0.1:{service.port}",
                "REQUESTS_CA_BUNDLE": str(Path(folder) / "ca.pem"),
            }
            for voice in wanted:
                print(measured(voice, environment), flush=True)


if __name__ == "__main__":
    main()
