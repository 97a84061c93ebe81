"""`ilog demo`: a folder with half a year of history, and the main job run on it."""

import datetime as dt
import io
import shlex
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from interviewlog.cli.session import Session, current
from interviewlog.render.clean import clean

EXAMPLES = ["ilog demo", "ilog demo --dir /tmp/try-ilog"]

_NEW = (
    *("new", "reseller-portal", "Brightline Hotels", "--no-edit", "--commit"),
    *("--observe", "delight: one search for prices and claims #navigation"),
    *("--observe", "pain: every new receptionist waits two days for a login #sso !2"),
    *("--tldr", "heard delight about the new search and waiting for logins at every front desk"),
)
_NEXT = """\
Try next:
  cd {place}
  ilog                       where you stand
  ilog list --last 5         the latest notes
  ilog stats --by product    the same counts, product by product
  ilog new                   a note of your own: it asks, then opens your editor
  cd .. && rm -rf {name}
"""


def command(
    ctx: typer.Context,
    place: Annotated[str, typer.Option("--dir", metavar="DIR", help="Where; nothing may be there yet.")] = "ilog-demo",
) -> None:
    """Make a folder of example notes with half a year of git history, and run the main job on it.

    The commands it shows are run for real. Nothing outside DIR is changed.
    """
    session = current(ctx)
    _write_in_order()
    top = session.start / Path(place).expanduser()
    session.answer(_build(session, top, clean(place)))
    visit = _visit(session, top)
    for args in (_NEW, ("summary",), ("stats",)):
        _run(visit, args)
    _run(visit, ("why", _not_counted(visit)))
    session.answer(_NEXT.format(place=clean(shlex.quote(place)), name=clean(shlex.quote(top.name))))


def _write_in_order() -> None:
    """Pass stdout on by the line, so that in a pipe too the answers keep their place among the talk on stderr."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)


def _build(session: Session, top: Path, place: str) -> str:
    """Make the folder, and say what it holds."""
    from interviewlog.chronicle import tell
    from interviewlog.store import examples

    shipped = examples.read()
    steps = tell(shipped, session.today(), _now(session))
    examples.write(top, steps)
    first, last = steps[0], steps[-1]
    return (
        f"A folder of example notes, with a history made by git: {place}\n"
        f"{len(shipped.notes)} notes in {len(steps)} commits, {first.when:%Y-%m-%d} to {last.when:%Y-%m-%d}. "
        f"In it you are {first.author.name}.\n\n"
    )


def _now(session: Session) -> dt.datetime:
    """Give the moment that no commit may pass: now, or the end of a day that is not the clock's own."""
    now, today = dt.datetime.fromtimestamp(session.now()).astimezone(), session.today()
    return now if now.date() == today else dt.datetime.combine(today, dt.time(23, 59), dt.UTC)


def _visit(session: Session, top: Path) -> Session:
    """Be somebody in that folder, without the personal settings (and the terminal) of whoever looks on."""
    environ = {name: value for name, value in session.environ.items() if not name.startswith("ILOG_")}
    no_settings = {"XDG_CONFIG_HOME": str(top / ".git")}
    return replace(session, start=top, repo="", ask=None, environ=environ | no_settings)


def _run(visit: Session, args: Sequence[str]) -> None:
    """Show a command as one would type it, then run it."""
    from interviewlog.cli.app import app

    words = [shlex.quote(word) for word in args]
    line = " ".join(f"\\\n    {word}" if word in {"--observe", "--tldr"} else word for word in words)
    visit.answer(f"$ ilog {line}\n")
    # A session remembers the folder it has read; each command gets a fresh one, as from a shell.
    app(list(args), obj=replace(visit), standalone_mode=False, prog_name="ilog")
    visit.answer("\n")


def _not_counted(visit: Session) -> str:
    """Find the latest note that does not count."""
    from interviewlog.cli.gather import gather

    verdicts = [each for each in gather(visit).verdicts if each.note and not each.is_counted]
    return max(verdicts, key=lambda each: (str(each.week), each.path)).path
