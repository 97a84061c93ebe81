"""Files below a directory, reached without following a symlink, and written whole or not at all.

Every directory on the way is opened through its parent's descriptor: a link named like a note or a product could
otherwise carry a foreign file into a report, or take a note out of the repository.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# Where a link cannot be made: another file system, or one without hard links.
_CANNOT_LINK = frozenset({errno.EXDEV, errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK})


class NotRegularError(OSError):
    """The name belongs to a link, a pipe, a directory or a device."""


@contextmanager
def parent_of(top: Path, path: str, *, create: bool = False) -> Iterator[tuple[int, str]]:
    """Yield the descriptor of the directory that `path` (relative, with slashes) lies in, and its last part.

    Raises FileNotFoundError for a missing directory unless `create`, OSError (ELOOP, ENOTDIR) for a link.
    """
    *parts, name = path.split("/")
    handle = os.open(top, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for part in parts:
            inner = _step(handle, part, create=create)
            os.close(handle)
            handle = inner
        yield handle, name
    finally:
        os.close(handle)


def _step(handle: int, part: str, *, create: bool) -> int:
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
    try:
        return os.open(part, flags, dir_fd=handle)
    except FileNotFoundError:
        if not create:
            raise
    with suppress(FileExistsError):  # somebody else made it first
        os.mkdir(part, dir_fd=handle)
    return os.open(part, flags, dir_fd=handle)


def read_below(top: Path, path: str, most: int) -> bytes:
    """Read at most `most` bytes of a regular file. Raises OSError; NotRegularError for anything but a file."""
    with parent_of(top, path) as (directory, name):
        try:
            # Without O_NONBLOCK, a named pipe called like a note would hang the whole run.
            handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=directory)
        except OSError as error:
            if error.errno in {errno.ELOOP, errno.ENXIO}:
                raise NotRegularError(error.errno, "not a regular file", path) from None
            raise
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise NotRegularError(errno.EINVAL, "not a regular file", path)
            return file.read(most)


def write_aside(place: Path, name: str, content: bytes) -> Path:
    """Write a file of this process's own into the directory `place`, and wait until it is on disk."""
    place.mkdir(mode=0o700, exist_ok=True)
    path = place / f"{name}.{os.getpid()}"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o644)
    try:
        _fill(handle, content)
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return path


def link_aside(place: Path, top: Path, path: str) -> Path | None:
    """Give a file below `top` a second name in the directory `place`; None where that cannot be.

    By it the file comes back on a full disk, too. It ends in a process, as all that is put aside does.
    """
    try:
        place.mkdir(mode=0o700, exist_ok=True)
        with parent_of(top, path) as (directory, name):
            second = place / f"{name}.0{os.getpid()}"
            second.unlink(missing_ok=True)
            os.link(name, second, src_dir_fd=directory, follow_symlinks=False)
    except OSError:
        return None
    return second


def _fill(handle: int, content: bytes) -> None:
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def keep_aside(file: Path, text: str) -> None:
    """Put a file of ilog's own in place, readable for nobody else; one that may be lost, so nobody waits for the disk.

    Its directory is made if need be. Raises OSError, and leaves nothing half written then.
    """
    file.parent.mkdir(mode=0o700, exist_ok=True)
    beside = file.with_suffix(f".{os.getpid()}")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(text)
        beside.replace(file)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def put_new(finished: Path, top: Path, path: str) -> None:
    """Give a finished file its name below `top`; raises FileExistsError rather than write over anything."""
    with parent_of(top, path, create=True) as (directory, name):
        try:
            os.link(finished, name, dst_dir_fd=directory, follow_symlinks=False)
        except OSError as error:
            if error.errno not in _CANNOT_LINK:
                raise
            _copy_exclusively(finished.read_bytes(), directory, name)
        os.fsync(directory)
    finished.unlink(missing_ok=True)


def _copy_exclusively(content: bytes, directory: int, name: str) -> None:
    handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644, dir_fd=directory)
    try:
        _fill(handle, content)
    except OSError:
        os.unlink(name, dir_fd=directory)
        raise


def put_over(finished: Path, top: Path, path: str) -> None:
    """Put a finished file in the place of an existing one below `top`, with the old one's mode."""
    with parent_of(top, path) as (directory, name):
        mode = stat.S_IMODE(os.stat(name, dir_fd=directory, follow_symlinks=False).st_mode)
        finished.chmod(mode)
        try:
            os.rename(finished, name, dst_dir_fd=directory)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            _over_from_beside(finished, directory, name)
        os.fsync(directory)


def _over_from_beside(finished: Path, directory: int, name: str) -> None:
    """Rename from a hidden neighbour where the git directory is on another file system than the notes."""
    beside = f".{name}.{os.getpid()}"
    _copy_exclusively(finished.read_bytes(), directory, beside)
    os.rename(beside, name, src_dir_fd=directory, dst_dir_fd=directory)
    finished.unlink(missing_ok=True)


def move_below(top: Path, path: str, to: str) -> None:
    """Give a file below `top` another name; raises FileExistsError rather than write over anything.

    Directories on the way to it are made, and go where it was if they are empty now.
    """
    with parent_of(top, path) as (there, name), parent_of(top, to, create=True) as (here, other):
        try:
            os.link(name, other, src_dir_fd=there, dst_dir_fd=here, follow_symlinks=False)
        except OSError as error:
            if error.errno not in _CANNOT_LINK:
                raise
            _copy_exclusively((top / path).read_bytes(), here, other)
            os.chmod(other, stat.S_IMODE(os.stat(name, dir_fd=there).st_mode), dir_fd=here)
        os.fsync(here)
        os.unlink(name, dir_fd=there)
    with suppress(OSError):
        for parent in list(Path(path).parents)[:-1]:
            (top / parent).rmdir()


def delete_below(top: Path, path: str) -> None:
    """Delete a file below `top`, and the directory it was in if that is now empty."""
    with parent_of(top, path) as (directory, name):
        os.unlink(name, dir_fd=directory)
    try:
        (top / path).parent.rmdir()
    except OSError:
        return
