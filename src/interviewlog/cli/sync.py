"""`ilog sync`: take over what others wrote, share what you wrote."""

from collections.abc import Sequence

import typer

from interviewlog.cli import progress
from interviewlog.cli.session import Session, current
from interviewlog.store.folder import Folder
from interviewlog.store.share import Shared, share

EXAMPLES = ["ilog sync", "ilog sync && ilog stats"]


def command(ctx: typer.Context) -> None:
    """Fetch what others wrote, put your commits on top of it, and push them.

    Nothing is forced, and nothing is lost: if both sides changed the same lines, everything stays as it is and you
    are told which commits to bring together. Notes that are not committed stay with you: `ilog save` commits them.
    """
    session = current(ctx)
    share_now(session)
    left = [change.path for change in session.folder.git.uncommitted(session.folder.root)]
    notes = sum(session.folder.is_note(path) for path in left)
    if notes:
        session.say(f"{_counted(notes, 'note')} not committed, so not shared: ilog save")


def share_now(session: Session) -> Shared:
    """Share the folder's branch and say what went to and fro; raises IlogError as `store.share` does."""
    with progress.shown(session, "sharing") as tell:
        shared = share(session.folder.git, tell)
    session.say(told(shared, session.folder))
    return shared


def told(shared: Shared, folder: Folder) -> str:
    """Say in one line what was exchanged."""
    parts = [
        f"{verb} {_files(paths, folder)}"
        for verb, paths in (("shared", shared.sent), ("received", shared.received))
        if paths
    ]
    return ": ".join(filter(None, (", ".join(parts), f"up to date with {shared.upstream}")))


def _files(paths: Sequence[str], folder: Folder) -> str:
    notes = sum(folder.is_note(path) for path in paths)
    others = len(paths) - notes
    words = [_counted(notes, "note")] if notes else []
    words += [_counted(others, "other file" if notes else "file")] if others else []
    return " and ".join(words)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
