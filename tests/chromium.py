"""Chromium, driven by nothing but a page: it does what its script says, and posts what it found.

A server on this machine hands it the page and its files, with byte ranges as a real server would.
"""

from __future__ import annotations

import os
import queue
import re
import shutil
import subprocess
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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
PAGE = """<!doctype html><meta charset=utf-8><title>judge</title><script type=module>
const post = body => fetch('/found', {method: 'POST', body});
try { %s } catch (error) { await fetch('/failed', {method: 'POST', body: String(error)}); }
</script>"""


needs_chromium = pytest.mark.skipif(
    shutil.which("chromium") is None and "CI" not in os.environ, reason="chromium is not installed"
)


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
def served(
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


def posted(
    files: dict[str, tuple[str, bytes]], count: int, profile: Path, timeout_s: float, *flags: str
) -> list[bytes]:
    """Return what the page at `/` of some files, by their paths, posts to `/found` in Chromium.

    `profile` is a folder for the browser; `count` is how often it posts.
    """
    found: queue.Queue[tuple[str, bytes]] = queue.Queue()
    command = ["chromium", *FLAGS, *flags, f"--user-data-dir={profile}"]
    answers = []
    with (
        served(files, found) as address,
        subprocess.Popen(
            [*command, address], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as browser,
    ):
        try:
            for _ in range(count):
                path, body = found.get(timeout=timeout_s)
                if path != "/found":
                    raise BrowserError(body.decode())
                answers.append(body)
        except queue.Empty:
            raise BrowserError(f"Chromium said nothing for {timeout_s} s") from None
        finally:
            browser.terminate()
    return answers
