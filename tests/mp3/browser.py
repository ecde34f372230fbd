"""Chromium as a judge of MP3 files: how long it decodes them, and where it lands when it seeks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.chromium import PAGE, posted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sessions.units import Audio

HEARD_SAMPLES = 10_240
"""What is recorded after a seek."""

DECODE = """
for (const [number, rate] of RATES.entries()) {
  const data = await (await fetch(`/${number}.mp3`)).arrayBuffer();
  const audio = await new OfflineAudioContext(1, 1, rate).decodeAudioData(data);
  const channels = audio.numberOfChannels;
  const all = new Float32Array(audio.length * channels);
  for (let c = 0; c < channels; c++)
    audio.getChannelData(c).forEach((value, k) => { all[k * channels + c] = value; });
  await post(all);
}
"""
RECORDER = """
registerProcessor('recorder', class extends AudioWorkletProcessor {
  constructor() { super(); this.port.onmessage = () => { this.left = HEARD; this.parts = []; }; }
  process(inputs) {
    const heard = inputs[0][0];
    if (!(this.left > 0) || !heard) return true;
    // Until the element plays there are exact zeros.
    if (!this.parts.length && heard.every(v => v === 0)) return true;
    this.parts.push(heard.slice());
    this.left -= heard.length;
    if (this.left <= 0) this.port.postMessage(this.parts);
    return true;
  }
});
"""
SEEK = """
const context = new AudioContext({sampleRate: RATE});
await context.audioWorklet.addModule('/recorder.js');
const mono = {channelCount: 1, channelCountMode: 'explicit'};
const recorder = new AudioWorkletNode(context, 'recorder', mono);
const audio = new Audio('/0.mp3');
context.createMediaElementSource(audio).connect(recorder);
await new Promise((done, failed) => {
  audio.oncanplay = done; audio.onerror = () => failed(audio.error.message); audio.load();
});
const all = [];
for (const second of SECONDS) {
  await new Promise(done => { audio.onseeked = done; audio.currentTime = second; });
  const heard = new Promise(done => { recorder.port.onmessage = event => done(event.data); });
  recorder.port.postMessage('record');
  await audio.play();
  for (const part of await heard) all.push(...part);
  audio.pause();
}
await post(new Float32Array([audio.duration, ...all]));
"""


def _answers(
    files: Sequence[bytes], script: str, count: int, profile: Path, timeout_s: float
) -> list[Audio]:
    """Return the numbers that a script posts in Chromium, where `/0.mp3` is the first file."""
    pages = {
        "/": ("text/html", (PAGE % script).encode()),
        "/recorder.js": ("text/javascript", RECORDER.replace("HEARD", str(HEARD_SAMPLES)).encode()),
    }
    pages |= {f"/{number}.mp3": ("audio/mpeg", data) for number, data in enumerate(files)}
    return [np.frombuffer(body, "<f4") for body in posted(pages, count, profile, timeout_s)]


def decoded_by_chromium(files: Sequence[tuple[bytes, int, int]], profile: Path) -> list[Audio]:
    """Return all samples as `decodeAudioData` gives them; of files, channels and sample rates."""
    script = DECODE.replace("RATES", str([rate for _, _, rate in files]))
    answers = _answers([data for data, _, _ in files], script, len(files), profile, 60)
    return [
        audio.reshape(-1, channels) for audio, (_, channels, _) in zip(answers, files, strict=True)
    ]


def played_by_chromium(
    data: bytes, seconds: Sequence[float], rate_hz: int, profile: Path
) -> tuple[float, Audio]:
    """Seek an `<audio>` element to some places and play; return its duration and what is heard.

    One row of `HEARD_SAMPLES` mono samples for each place.
    """
    script = SEEK.replace("RATE", str(rate_hz)).replace("SECONDS", str(list(seconds)))
    (numbers,) = _answers([data], script, 1, profile, 60 + len(seconds))
    return float(numbers[0]), numbers[1:].reshape(len(seconds), -1)
