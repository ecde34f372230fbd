"""Chromium as a judge of MP3 files: how long it decodes them, and where it lands when it seeks.

It is driven by nothing but a page: a server on this machine hands it the page and the file, with
byte ranges as a real server would, and the page posts back what it found.
"""

from __future__ import annotations

import queue
import re
import subprocess
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sessions.units import Audio

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
)
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
PAGE = """<!doctype html><meta charset=utf-8><title>judge</title><script type=module>
const post = body => fetch('/found', {method: 'POST', body});
try { %s } catch (error) { await fetch('/failed', {method: 'POST', body: String(error)}); }
</script>"""


class BrowserError(Exception):
    """The page could not do what it was asked."""


def _handler(
    files: dict[str, tuple[str, bytes]], found: queue.Queue[tuple[str, bytes]]
) -> type[BaseHTTPRequestHandler]:
    """Return the handler of a server that has these files and takes what is found."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            kind, data = files.get(self.path, ("text/plain", b""))
            first, last = 0, len(data) - 1
            asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
            if asked:
                first, last = int(asked[1]), min(last, int(asked[2] or last))
            self.send_response(206 if asked else 200 if self.path in files else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(last - first + 1))
            self.send_header("Accept-Ranges", "bytes")
            if asked:
                self.send_header("Content-Range", f"bytes {first}-{last}/{len(data)}")
            self.end_headers()
            self.wfile.write(data[first : last + 1])

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.put((self.path, body))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing: a browser hangs up when it seeks, and when it ends."""


@contextmanager
def _served(
    files: dict[str, tuple[str, bytes]], found: queue.Queue[tuple[str, bytes]]
) -> Iterator[str]:
    """Serve files on this machine; give the address."""
    with _Server(("127.0.0.1", 0), _handler(files, found)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join()


def _answers(
    files: Sequence[bytes], script: str, count: int, profile: Path, timeout_s: float
) -> list[Audio]:
    """Return the numbers that a script posts in Chromium, where `/0.mp3` is the first file."""
    served = {
        "/": ("text/html", (PAGE % script).encode()),
        "/recorder.js": ("text/javascript", RECORDER.replace("HEARD", str(HEARD_SAMPLES)).encode()),
    }
    served |= {f"/{number}.mp3": ("audio/mpeg", data) for number, data in enumerate(files)}
    found: queue.Queue[tuple[str, bytes]] = queue.Queue()
    command = ["chromium", *FLAGS, f"--user-data-dir={profile}"]
    answers = []
    with (
        _served(served, found) as address,
        subprocess.Popen(
            [*command, address], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as browser,
    ):
        try:
            for _ in range(count):
                path, body = found.get(timeout=timeout_s)
                if path != "/found":
                    raise BrowserError(body.decode())
                answers.append(np.frombuffer(body, "<f4"))
        except queue.Empty:
            raise BrowserError(f"Chromium said nothing for {timeout_s} s") from None
        finally:
            browser.terminate()
    return answers


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
