"""Install a voice of Piper: whole, checked, and going on where it was broken off."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from filelock import FileLock

from sessions.errors import InputMissingError, StorageError, TryAgainLaterError
from sessions.storage.files import TEMPORARY_PREFIX, make_folder, sync_folder, write_error
from sessions.voices.base import likely
from sessions.voices.piper.files import FILES, File, Files, config_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import requests

TIMEOUTS_SECONDS = (10.0, 30.0)
BLOCK_BYTES = 1 << 18
ELSEWHERE = "free its folder for writing"


def install(
    name: str,
    home: Path,
    base_url: str,
    progress: Callable[[int, int], None],
    files: Mapping[str, Files] = FILES,
) -> Path:
    """Download a voice into `home` and return its model file; one that is there stays.

    `progress(done, total)` is told of bytes.

    Raises
    ------
    InputMissingError
        There is no such voice.
    TryAgainLaterError
        The network failed; what came is kept, and the next call goes on from there.
    StorageError
        What came is not what was published.
    """
    import requests  # noqa: PLC0415

    if name not in files:
        raise InputMissingError(f"there is no voice '{name}' to install", likely(name, [*files]))
    make_folder(home, ELSEWHERE)
    model = home / f"{name}.onnx"
    language, voice, quality = name.split("-")
    folder = f"{base_url.rstrip('/')}/{language.split('_')[0]}/{language}/{voice}/{quality}"
    with FileLock(home / f"{TEMPORARY_PREFIX}{name}.lock"), requests.Session() as session:
        # The model comes last: when it is there, the voice is whole.
        for path, file in ((config_of(model), files[name].config), (model, files[name].model)):
            if not (path.is_file() and path.stat().st_size == file.size):
                download(session, f"{folder}/{path.name}", path, file, progress)
    return model


def download(
    session: requests.Session,
    url: str,
    path: Path,
    file: File,
    progress: Callable[[int, int], None],
) -> None:
    """Bring one file to its place, going on with what an earlier try left."""
    import requests  # noqa: PLC0415
    from urllib3.exceptions import HTTPError  # noqa: PLC0415

    partial = path.with_name(f"{TEMPORARY_PREFIX}{path.name}.part")
    try:
        have = partial.stat().st_size if partial.is_file() else 0
        if have < file.size:
            headers = {"Accept-Encoding": "identity"}  # a range counts the bytes of the file
            if have:
                headers["Range"] = f"bytes={have}-"
            with session.get(
                url, headers=headers, timeout=TIMEOUTS_SECONDS, stream=True
            ) as response:
                if response.status_code not in {200, 206}:
                    raise TryAgainLaterError(f"{url} answered with {response.status_code}")
                append(response, partial, file.size, progress)
        check(partial, file, url)
        partial.replace(path)
        sync_folder(path.parent)
    except (requests.RequestException, HTTPError) as error:
        raise TryAgainLaterError(
            f"downloading {url} broke off", "the same command goes on where it stopped"
        ) from error
    except OSError as error:
        raise write_error(path, error, ELSEWHERE) from error


def append(
    response: requests.Response, partial: Path, size: int, progress: Callable[[int, int], None]
) -> None:
    """Add a reply to what is there; one that begins anew takes its place."""
    with partial.open("ab" if response.status_code == 206 else "wb") as out:
        while block := response.raw.read1(BLOCK_BYTES, decode_content=False):
            out.write(block)
            if out.tell() > size:
                break
            progress(out.tell(), size)


def check(partial: Path, file: File, url: str) -> None:
    """See that a file is what was published; one that is not is removed."""
    size = partial.stat().st_size
    if size < file.size:
        raise TryAgainLaterError(
            f"{url} came to an early end", "the same command goes on where it stopped"
        )
    with partial.open("rb") as data:
        same = hashlib.file_digest(data, "md5").hexdigest() == file.md5
    if size != file.size or not same:
        partial.unlink()
        raise StorageError(f"{url} is not the file that was published", "try again later")
