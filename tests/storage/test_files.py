"""Outputs are old, new or absent, never half."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from sessions.errors import OutputError, PermissionDeniedError, StorageError
from sessions.storage.files import atomic, make_folder, write_bytes, write_error


def test_a_file_appears_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    with atomic(path) as file:
        file.write(b"half")
        assert not path.exists()
        file.write(b" and half")
    assert path.read_bytes() == b"half and half"
    assert os.listdir(tmp_path) == ["a.mp3"]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, ValueError])
def test_an_interrupted_write_leaves_the_old_file(
    tmp_path: Path, stop: type[BaseException]
) -> None:
    path = tmp_path / "a.mp3"
    write_bytes(path, b"old")
    with pytest.raises(stop), atomic(path) as file:
        file.write(b"new")
        raise stop
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.mp3"]


@pytest.mark.parametrize(
    ("number", "expected", "code"),
    [
        (errno.EACCES, PermissionDeniedError, 77),
        (errno.ENOSPC, StorageError, 74),
        (errno.EIO, StorageError, 74),
        (errno.EROFS, OutputError, 73),
        (errno.ENOTDIR, OutputError, 73),
    ],
)
def test_every_reason_has_its_error(number: int, expected: type[Exception], code: int) -> None:
    error = write_error(Path("out/a.mp3"), OSError(number, os.strerror(number)))
    assert isinstance(error, expected)
    assert error.exit_code == code
    assert "a.mp3" in error.message
    assert error.remedy


def test_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    # The error of a full disk, raised as the system would, in the middle of a write.
    path = tmp_path / "a.mp3"
    with pytest.raises(StorageError, match="no room"), atomic(path) as file:
        file.write(b"x" * 100)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert os.listdir(tmp_path) == []


def test_a_file_in_the_way_of_a_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(OutputError, match="cannot create"):
        make_folder(tmp_path / "out")


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_a_folder_that_may_not_be_written_is_77(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0o555)
    root = os.geteuid() == 0
    with pytest.MonkeyPatch.context() as context:
        context.chdir(closed)
        if root:  # who may write anywhere, so be nobody for a moment
            os.seteuid(65534)
        try:
            with pytest.raises(PermissionDeniedError, match="may not write") as caught:
                make_folder(Path("inside"))
        finally:
            if root:
                os.seteuid(0)
    assert caught.value.exit_code == 77
