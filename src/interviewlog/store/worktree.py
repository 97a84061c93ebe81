"""What the work tree holds that HEAD does not: files not committed, and work of git's own left unfinished."""

from pathlib import Path
from typing import Literal, NamedTuple

Kind = Literal["new", "changed", "deleted"]

# Files in a work tree's git directory, and what was begun and not finished while they are there.
_UNFINISHED = (
    ("MERGE_HEAD", "merge"),
    ("rebase-merge", "rebase"),
    ("rebase-apply/applying", "am"),
    ("rebase-apply", "rebase"),
    ("CHERRY_PICK_HEAD", "cherry-pick"),
    ("REVERT_HEAD", "revert"),
    ("sequencer", "cherry-pick or revert"),
    ("BISECT_LOG", "bisect"),
)


class Change(NamedTuple):
    """A file of the work tree that differs from HEAD. `is_untracked`: git's index does not know it either."""

    path: str
    kind: Kind
    is_untracked: bool = False

    @property
    def is_new(self) -> bool:
        return self.kind == "new"


def changes(status: str) -> list[Change]:
    """Read the output of `git status --porcelain=v1 -z --no-renames`."""
    codes: dict[str, str] = {}
    for entry in filter(None, status.split("\0")):
        # A file that was taken out of the index and is still there is listed twice: `D ` and `??`.
        codes[entry[3:]] = codes.get(entry[3:], "") + entry[:2]
    return [Change(path, kind, code == "??") for path, code in codes.items() if (kind := _kind(code))]


def unfinished(git_dir: Path) -> str | None:
    """Name what git has under way here, such as "rebase"; None if nothing is."""
    return next((word for name, word in _UNFINISHED if (git_dir / name).exists()), None)


def _kind(code: str) -> Kind | None:
    """Say what a status code means against HEAD; None for a file that is neither on disk nor in HEAD."""
    if code == "AD":
        return None
    if code == "??" or code in ("A ", "AM", "AT", " A"):
        return "new"
    return "deleted" if code in ("D ", " D", "MD", "TD", "DD") else "changed"
