"""What tests of voices share: the double of the online service."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.voices.speech_service import Service, make_certificates, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("certificates")
    make_certificates(folder)
    return folder


@pytest.fixture
def service(certificates: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """The double, in the way of every request that this process makes."""
    with running(certificates) as double:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{double.port}")
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificates / "ca.pem"))
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("https_proxy", raising=False)
        yield double
