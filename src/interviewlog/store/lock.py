"""ilog's own lock on a repository: those who write wait for each other, and a killed one holds nobody up."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from interviewlog.errors import Code, IlogError

_PAUSE = 0.1  # seconds between two tries
_TELL_AFTER = 20  # tries
_GIVE_UP_AFTER = 600  # tries


@contextmanager
def held(common_dir: Path, on_wait: Callable[[], None] | None = None, *, tries: int = _GIVE_UP_AFTER) -> Iterator[None]:
    """Hold the lock of the repository with this common git directory; 75 after a minute of waiting.

    `on_wait` is called once, after two seconds. The kernel lets go of the lock when its holder ends, however
    it ends. Whoever holds it must not ask for it again.
    """
    path = common_dir / "ilog.lock"
    try:
        file = os.open(path, os.O_RDONLY | os.O_CREAT | os.O_NOFOLLOW, 0o666)
    except OSError as error:
        message = f"cannot lock the repository: {path}: {error.strerror}"
        raise IlogError(message, hint=f"ls -ld {common_dir}", code=Code.IO) from error
    try:
        _wait(file, path, on_wait or (lambda: None), tries)
        yield
    finally:
        os.close(file)


def _wait(file: int, path: Path, on_wait: Callable[[], None], tries: int) -> None:
    for tried in range(tries):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if tried == _TELL_AFTER:
                on_wait()
            time.sleep(_PAUSE)
        except OSError as error:
            message = f"cannot lock the repository: {path}: {error.strerror}"
            raise IlogError(message, hint="git status", code=Code.IO) from error
        else:
            return
    raise IlogError(f"another ilog has been writing here for long: {path}", hint="ilog save", code=Code.RETRY)
