"""A double of Google's speech service: a CONNECT proxy on loopback that ends TLS and answers.

It speaks each text as a tone whose pitch follows from the text, so that a wrong clip is told from
a right one, and breaks a share of its replies in the ways that a network and a service can.
"""

from __future__ import annotations

import base64
import hashlib
import json
import random
import shutil
import socket
import socketserver
import ssl
import subprocess
import threading
import urllib.parse
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import lameenc
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

RATE_HZ = 24_000
LETTERS_A_SECOND = 14.0
FAULTS = (
    "429", "429 with Retry-After", "500", "stall", "drip", "cut body", "html", "empty",
    "bad base64", "short audio",
)  # fmt: skip


def pitch_hz(text: str) -> float:
    """Return the pitch that a text is spoken at."""
    return 200.0 + int(hashlib.sha256(text.encode()).hexdigest(), 16) % 40 * 20.0


def seconds(text: str, *, slow: bool = False) -> float:
    return max(0.2, sum(map(str.isalnum, text)) / LETTERS_A_SECOND) * (1.5 if slow else 1.0)


@lru_cache(4096)
def mp3(pitch: float, length_seconds: float, around_seconds: tuple[float, float] = (0, 0)) -> bytes:
    """Return a tone, with silence before and behind it, as the service's replies have."""
    time_s = np.arange(round(length_seconds * RATE_HZ)) / RATE_HZ
    before, behind = (np.zeros(round(one * RATE_HZ)) for one in around_seconds)
    tone = 8000 * np.sin(2 * np.pi * pitch * time_s)
    if any(around_seconds):  # a voice dies away, and does not stop at once
        tone *= np.clip(np.minimum(time_s, time_s[::-1]) / 0.03, 0.0, 1.0)
    pcm = np.asarray(np.concatenate([before, tone, behind]), np.int16)
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(64)
    encoder.set_in_sample_rate(RATE_HZ)
    encoder.set_channels(1)
    encoder.set_quality(7)
    encoder.silence()
    return bytes(encoder.encode(pcm.tobytes()) + encoder.flush())


def reply(audio: bytes) -> bytes:
    data = base64.b64encode(audio).decode()
    line = json.dumps([["wrb.fr", "jQ1olc", json.dumps([data]), None, None, None, "generic"]])
    return f")]}}'\n\n{len(line)}\n{line.replace(': ', ':').replace(', ', ',')}\n".encode()


@dataclass
class Service:
    """What the double does, and what it saw. `fault` breaks the next replies, all alike.

    `around_seconds` are the silences before and behind the words of a reply.
    """

    context: ssl.SSLContext
    broken_share: float = 0.0
    around_seconds: tuple[float, float] = (0.0, 0.0)
    fault: str = ""
    up: bool = True
    asked: Counter[str] = field(default_factory=Counter)
    served: Counter[str] = field(default_factory=Counter)
    hosts: set[str] = field(default_factory=set)
    busy: int = 0
    most_at_once: int = 0
    port: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    dice: random.Random = field(default_factory=lambda: random.Random(6))  # noqa: S311

    def fault_for(self, text: str) -> str:
        with self.lock:
            self.asked[text] += 1
            if self.fault:
                return self.fault
            broken = self.dice.random() < self.broken_share
            return self.dice.choice(FAULTS) if broken else ""


class Proxy(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        service = self.server.service
        target = self.rfile.readline().decode()
        while self.rfile.readline().strip():
            pass
        if not service.up or not target.startswith("CONNECT "):
            return
        service.hosts.add(target.split()[1])
        self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with (
            suppress(OSError),
            service.context.wrap_socket(self.connection, server_side=True) as secure,
            secure.makefile("rb") as incoming,
        ):
            while self.answer(incoming, secure):
                pass

    def answer(self, incoming: Any, out: ssl.SSLSocket) -> bool:
        request = incoming.readline()
        if not request:
            return False
        headers = {}
        while line := incoming.readline().strip():
            name, _, value = line.decode().partition(":")
            headers[name.lower()] = value.strip()
        if request.startswith(b"HEAD "):
            if self.server.service.fault == "stall":
                self.server.ended.wait(5)
            out.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
            return True
        form = urllib.parse.parse_qs(incoming.read(int(headers["content-length"])).decode())
        text, _, slow, _ = json.loads(json.loads(form["f.req"][0])[0][0][1])
        service = self.server.service
        with service.lock:
            service.busy += 1
            service.most_at_once = max(service.most_at_once, service.busy)
        try:
            fault = service.fault_for(text)
            sound = mp3(pitch_hz(text), seconds(text, slow=slow), service.around_seconds)
            goes_on = self.send(out, fault, reply(sound))
        finally:
            with service.lock:
                service.busy -= 1
        if not fault:
            with service.lock:
                service.served[text] += 1
        return goes_on

    def send(self, out: ssl.SSLSocket, fault: str, right: bytes) -> bool:
        """Send a reply, broken in one way; return whether the connection stays."""
        match fault:
            case "stall":
                self.server.ended.wait(0.5)
                return False
            case "drip":
                return self.drip(out, response("200 OK", right))
            case "cut body":
                out.sendall(response("200 OK", right)[: -len(right) // 2])
                return False
            case _:
                out.sendall(WRONG.get(fault) or damaged(fault, right))
                return True

    def drip(self, out: ssl.SSLSocket, data: bytes) -> bool:
        for at in range(0, len(data), 16):
            out.sendall(data[at : at + 16])
            if self.server.ended.wait(0.03):
                break
        return False


def response(status: str, body: bytes, headers: Mapping[str, str] | None = None) -> bytes:
    extra = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{extra}\r\n".encode() + body


WRONG = {
    "429": response("429 Too Many Requests", b""),
    "429 with Retry-After": response("429 Too Many Requests", b"", {"Retry-After": "0"}),
    "429 for an hour": response("429 Too Many Requests", b"", {"Retry-After": "3600"}),
    "429 for half a minute": response("429 Too Many Requests", b"", {"Retry-After": "30"}),
    "500": response("500 Internal Server Error", b"oops"),
    "redirect": response("302 Found", b"", {"Location": "https://www.google.com/sorry"}),
    "html": response("200 OK", b"<html>Are you a robot?</html>"),
    "empty": response("200 OK", b""),
    "short audio": response("200 OK", reply(mp3(300.0, 0.08))),
    "silence": response("200 OK", reply(mp3(0.0, 2.0))),
}


def damaged(fault: str, right: bytes) -> bytes:
    """Return a right reply, or one whose base64 is not."""
    bad = right.replace(b'[\\"', b'[\\"A', 1)
    return response("200 OK", bad if fault == "bad base64" else right)


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, service: Service) -> None:
        super().__init__(("127.0.0.1", 0), Proxy)
        self.service = service
        self.ended = threading.Event()
        service.port = self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is part of the test."""


@contextmanager
def running(certificates: Path) -> Iterator[Service]:
    """Give a service that listens until the context ends."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / "server.pem", certificates / "server.key")
    server = Server(Service(context))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server.service
    finally:
        server.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


def make_certificates(folder: Path) -> None:
    """Make a CA and a certificate that it signed for the service's hosts."""
    openssl = shutil.which("openssl")
    assert openssl, "tests of the online voice need the program openssl"
    new = (openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
           "-nodes", "-days", "2")  # fmt: skip
    hosts = "subjectAltName=DNS:translate.google.com,DNS:translate.google.co.uk"
    for command in (
        (*new, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Test CA",
         "-addext", "keyUsage=critical,keyCertSign"),
        (*new, "-keyout", "server.key", "-out", "server.pem", "-subj", "/CN=Test service",
         "-CA", "ca.pem", "-CAkey", "ca.key", "-addext", hosts,
         "-addext", "basicConstraints=critical,CA:FALSE"),
    ):  # fmt: skip
        subprocess.run(command, cwd=folder, check=True, capture_output=True)


def closed_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
