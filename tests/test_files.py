"""Files below a directory: no link is followed, nothing is overwritten, everything is whole."""

import os
import stat
from pathlib import Path

import pytest

from interviewlog.store import files

SHM = Path("/dev/shm")


def aside(tmp_path: Path, content: bytes = b"new") -> Path:
    return files.write_aside(tmp_path / "aside", "note.md", content)


@pytest.fixture
def top(tmp_path):
    (tmp_path / "top" / "a").mkdir(parents=True)
    return tmp_path / "top"


def test_a_file_is_read_up_to_a_limit(top):
    (top / "a" / "x.md").write_bytes(b"12345")
    assert files.read_below(top, "a/x.md", 3) == b"123"
    assert files.read_below(top, "a/x.md", 9) == b"12345"


def test_no_link_on_the_way_is_followed(top, tmp_path):
    (tmp_path / "secret.md").write_bytes(b"secret")
    (top / "a" / "x.md").symlink_to(tmp_path / "secret.md")
    (top / "b").symlink_to(tmp_path)
    with pytest.raises(files.NotRegularError):
        files.read_below(top, "a/x.md", 9)
    with pytest.raises(OSError):  # noqa: PT011 - ELOOP or ENOTDIR, as the system likes
        files.read_below(top, "b/secret.md", 9)
    for path in ("b/new.md", "b/c/new.md"):
        with pytest.raises(OSError):  # noqa: PT011
            files.put_new(aside(tmp_path), top, path)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["aside", "secret.md", "top"]


def test_the_top_itself_may_be_a_link(top, tmp_path):
    (top / "a" / "x.md").write_bytes(b"1")
    (tmp_path / "link").symlink_to(top)
    assert files.read_below(tmp_path / "link", "a/x.md", 9) == b"1"


def test_a_pipe_a_directory_and_a_socket_are_no_files_and_do_not_hang(top):
    os.mkfifo(top / "a" / "pipe.md")
    (top / "a" / "dir.md").mkdir()
    for name in ("pipe.md", "dir.md"):
        with pytest.raises(OSError, match=r"regular|directory"):
            files.read_below(top, f"a/{name}", 9)


def test_what_is_not_there_is_not_found(top):
    for path in ("a/x.md", "b/x.md", "b/c/x.md"):
        with pytest.raises(FileNotFoundError):
            files.read_below(top, path, 9)


def test_a_new_file_makes_its_directories_and_leaves_nothing_beside_it(top, tmp_path):
    finished = aside(tmp_path)
    files.put_new(finished, top, "b/c/x.md")
    assert (top / "b/c/x.md").read_bytes() == b"new"
    assert not finished.exists()
    assert stat.S_IMODE((top / "b/c/x.md").stat().st_mode) == 0o644 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@pytest.mark.parametrize("kind", ["file", "link", "dangling", "directory"])
def test_nothing_that_exists_is_overwritten(top, tmp_path, kind):
    there = top / "a" / "x.md"
    (tmp_path / "victim").write_bytes(b"mine")
    if kind == "file":
        there.write_bytes(b"mine")
    elif kind == "directory":
        there.mkdir()
    else:
        there.symlink_to(tmp_path / ("victim" if kind == "link" else "nowhere"))
    with pytest.raises(FileExistsError):
        files.put_new(aside(tmp_path), top, "a/x.md")
    assert (tmp_path / "victim").read_bytes() == b"mine"
    assert not (tmp_path / "nowhere").exists()


def test_a_file_put_over_another_keeps_its_mode(top, tmp_path):
    (top / "a" / "x.md").write_bytes(b"old")
    (top / "a" / "x.md").chmod(0o640)
    files.put_over(aside(tmp_path), top, "a/x.md")
    assert (top / "a" / "x.md").read_bytes() == b"new"
    assert stat.S_IMODE((top / "a" / "x.md").stat().st_mode) == 0o640


@pytest.mark.skipif(not SHM.is_dir() or SHM.stat().st_dev == Path("/tmp").stat().st_dev, reason="no second file system")
def test_it_works_across_file_systems(top):
    elsewhere = SHM / f"ilog-test-{os.getpid()}"
    try:
        files.put_new(files.write_aside(elsewhere, "x", b"new"), top, "b/x.md")
        assert (top / "b" / "x.md").read_bytes() == b"new"
        with pytest.raises(FileExistsError):
            files.put_new(files.write_aside(elsewhere, "x", b"newer"), top, "b/x.md")
        files.put_over(files.write_aside(elsewhere, "x", b"newest"), top, "b/x.md")
        assert [(each.name, each.read_bytes()) for each in (top / "b").iterdir()] == [("x.md", b"newest")]
    finally:
        for each in elsewhere.iterdir():
            each.unlink()
        elsewhere.rmdir()


def test_deleting_takes_an_empty_directory_with_it_but_no_other(top):
    (top / "a" / "x.md").write_bytes(b"1")
    (top / "a" / "y.md").write_bytes(b"1")
    files.delete_below(top, "a/x.md")
    assert (top / "a").is_dir()
    files.delete_below(top, "a/y.md")
    assert not (top / "a").exists()


def test_what_is_written_aside_is_no_link_and_nobody_elses(tmp_path):
    place = tmp_path / "aside"
    place.mkdir()
    (tmp_path / "victim").write_bytes(b"mine")
    (place / f"note.md.{os.getpid()}").symlink_to(tmp_path / "victim")
    with pytest.raises(OSError):  # noqa: PT011 - ELOOP
        files.write_aside(place, "note.md", b"x")
    assert (tmp_path / "victim").read_bytes() == b"mine"


def test_no_descriptor_is_left_open(top, tmp_path):
    before = _descriptors()
    (top / "a" / "x.md").write_bytes(b"1")
    for _ in range(5):
        files.read_below(top, "a/x.md", 9)
        with pytest.raises(OSError):  # noqa: PT011
            files.read_below(top, "a/x.md/y", 9)
        with pytest.raises(FileExistsError):
            files.put_new(aside(tmp_path), top, "a/x.md")
    assert _descriptors() == before


def _descriptors() -> int:
    """Count what this process has open, where the system tells."""
    place = Path("/proc/self/fd")
    return len(list(place.iterdir())) if place.is_dir() else 0
