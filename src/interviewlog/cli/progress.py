"""A bar on stderr for work with another machine: after 300 ms, on a terminal, gone when the work is done."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

from interviewlog.cli.session import Session, is_terminal
from interviewlog.store.remotecall import Tell

_AFTER = 0.3  # seconds; what takes less needs no bar


@contextmanager
def shown(session: Session, words: str) -> Iterator[Tell | None]:
    """Lend what draws the bar, None where nobody looks; until it is told something, only `words` stand there."""
    if session.is_quiet or not is_terminal(sys.stderr):
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

    console = Console(stderr=True, no_color=session.is_plain or bool(session.environ.get("NO_COLOR")))
    columns = (SpinnerColumn("line"), TextColumn("{task.description}", markup=False), BarColumn(bar_width=24))
    bar = Progress(*columns, console=console, transient=True)
    task = bar.add_task(words, total=None)
    late = Timer(_AFTER, bar.start)
    late.start()
    try:
        yield lambda stage, part: bar.update(task, description=f"{words}: {stage}", total=1.0, completed=part)
    finally:
        late.cancel()
        late.join()
        bar.stop()
