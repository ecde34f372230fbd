"""How fast the mix is made, and a session measured: one core, clips and beds ready, no encoder."""

from __future__ import annotations

import os
import time

import sessions
from sessions.metering.meter import Meter
from sessions.units import seconds

BLOCK_SAMPLES = 1 << 16
SCRIPT = "bodyscan"


def main() -> None:
    """Print how many times faster than real time mixing and metering are."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {0})
    script = sessions.load(SCRIPT)
    with sessions.prepared(script, sessions.resolve({"voice": "espeak"}, script.meta)) as episode:
        length = episode.timeline.length
        episode.read(0, BLOCK_SAMPLES)  # the gains are settled at first use
        spans = [(at, min(at + BLOCK_SAMPLES, length)) for at in range(0, length, BLOCK_SAMPLES)]
        started = time.process_time()
        for start, stop in spans:
            episode.read(start, stop)
        mixing = time.process_time() - started
        blocks = [episode.read(start, stop) for start, stop in spans]
    print(f"mixing    {seconds(length) / mixing:6.0f} x real time")
    for true_peak in (False, True):
        meter = Meter(2, true_peak=true_peak)
        started = time.process_time()
        for block in blocks:
            meter.add(block)
        meter.finish()
        spent = time.process_time() - started
        peak = "with" if true_peak else "without"
        print(f"metering  {seconds(length) / spent:6.0f} x real time, {peak} true peak")


if __name__ == "__main__":
    main()
