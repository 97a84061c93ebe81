"""Where the old words of a redacted note may still be: places on this machine, and remotes."""

from typing import NamedTuple


class Remain(NamedTuple):
    """One place: its kind, what it is called, and what to type there ("" where that is for a person to decide).

    The kinds: copy, branch, behind (a branch that is in ours), tag, stash, reflog, worktree, file, draft, index.
    """

    kind: str
    what: str
    hint: str = ""


class Remote(NamedTuple):
    """A remote by its name and its address, which holds no password."""

    name: str
    url: str
