"""A bar on stderr for long work: after 300 ms, on a terminal, gone when the work is done."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from interviewlog.cli.session import Session, is_terminal

if TYPE_CHECKING:
    from interviewlog.store.index import Tell as Count
    from interviewlog.store.index import Watch
    from interviewlog.store.remotecall import Tell

_AFTER = 0.3  # seconds; what takes less needs no bar


@contextmanager
def shown(session: Session, words: str) -> "Iterator[Tell | None]":
    """Lend what draws the bar, None where nobody looks; until it is told something, only `words` stand there."""
    if session.is_quiet or not is_terminal(sys.stderr):
        yield None
        return
    from threading import Timer

    bar = _bar(session)
    task = bar.add_task(words, total=None)
    late = Timer(_AFTER, bar.start)
    late.start()
    try:
        yield lambda stage, part: bar.update(task, description=f"{words}: {stage}", total=1.0, completed=part)
    finally:
        late.cancel()
        late.join()
        bar.stop()


@contextmanager
def counted(session: Session, words: str) -> "Iterator[Count | None]":
    """Lend what hears (done, all) and draws it, once 300 ms have passed; None where nobody looks.

    rich is loaded only then: most folders are read before it would be.
    """
    if session.is_quiet or not is_terminal(sys.stderr):
        yield None
        return
    late = _Late(session, words)
    try:
        yield late.tell
    finally:
        late.stop()


@contextmanager
def watched(session: Session, words: str) -> "Iterator[Watch]":
    """Lend what the index tells while it is asked: how far it is, and that it could not be used."""
    from interviewlog.store.index import Watch

    with counted(session, words) as tell:
        yield Watch(tell, lambda trouble: session.say(f"answered without the index, which takes longer: {trouble}"))


class _Late:
    """A bar that begins when the work turns out to be long; without a total it only counts."""

    def __init__(self, session: Session, words: str) -> None:
        self._session, self._words = session, words
        self._begun = time.monotonic()
        self._bar: Any = None
        self._task: Any = None

    def tell(self, done: int, total: int) -> None:
        if self._bar is None:
            if time.monotonic() - self._begun < _AFTER:
                return
            self._bar = _bar(self._session)
            self._task = self._bar.add_task(self._words, total=None)
            self._bar.start()
        self._bar.update(self._task, description=f"{self._words}: {done:,}", total=total or None, completed=done)

    def stop(self) -> None:
        if self._bar is not None:
            self._bar.stop()


def _bar(session: Session) -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

    console = Console(stderr=True, no_color=session.is_plain or bool(session.environ.get("NO_COLOR")))
    columns = (SpinnerColumn("line"), TextColumn("{task.description}", markup=False), BarColumn(bar_width=24))
    return Progress(*columns, console=console, transient=True)
