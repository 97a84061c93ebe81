"""What happened to the notes: one stream of `git log`, read into events and replayed into lineages."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from sys import intern

from interviewlog.errors import Code, IlogError
from interviewlog.lineage import Change, Commit, Event, State, is_note, replay
from interviewlog.store.git import Git

# Merges too (-c), each parent's path named; renames however many; every commit once, parents before children.
_LOG = (
    *("log", "--encoding=UTF-8", "--no-color", "--no-ext-diff", "--no-textconv", "--no-notes", "-O/dev/null"),
    *("--raw", "--no-abbrev", "-z", "-c", "--combined-all-paths", "-M", "-l0"),
    *("--full-history", "--topo-order", "--reverse"),
    *("--date=raw", "--format=%x01%H%x00%an%x00%ae%x00%ad"),
)
_HEADER = b"\x01"
# A colon for each parent; the modes of the parents and of the result, their ids, a status for each parent.
_ENTRY = re.compile(r"(:+)((?:[0-7]{6} )+)((?:[0-9a-f]{40,64} )+)([A-Z]+)[0-9]*")


def events(
    git: Git, rev: str, root: str, *, since: str | None = None, on_commit: Callable[[int], None] | None = None
) -> Iterator[Event]:
    """Yield what every commit reachable from `rev` (and not from `since`) did to notes, oldest first.

    Nothing before the first commit. `on_commit` hears how many commits were read so far. Only if `is_resumable`
    may a state as of `since` be continued with them.
    """
    last = git.resolve(rev)
    if last is None and rev == "HEAD":
        return
    first = git.resolve(since) if since else None
    if last is None or (since and first is None):
        missing = since if last else rev
        raise IlogError(f"no such revision: {missing}", hint="git log --oneline", code=Code.USAGE)
    span = f"{first}..{last}" if first else str(last)
    log = git.stream(*_LOG, "--end-of-options", span, "--", root.strip("/") or ".")
    yield from parse(log, root, on_commit)


def committed_on(git: Git, commit: str) -> date:
    """Give the committer's calendar day, at the committer's own offset; absurd dates give the nearest day."""
    raw = git.read("show", "-s", "--format=%cd", "--date=raw", "--end-of-options", commit).strip()
    return Commit(commit, "", "", *_when(raw)).date


def lineages(git: Git, rev: str, root: str, on_commit: Callable[[int], None] | None = None) -> State:
    """Replay the whole history up to `rev`."""
    return replay(events(git, rev, root, on_commit=on_commit))


def is_resumable(git: Git, old: str, new: str) -> bool:
    """Tell whether replaying `old..new` on the state at `old` gives the state at `new`.

    It does if every new commit descends from `old`. Where a branch that left earlier was merged since, its
    commits may belong between the old ones, and history must be replayed from the start.
    """
    if old == new:
        return True
    listed = git.try_read("rev-list", "--parents", "--topo-order", "--reverse", f"{old}..{new}", "--")
    descendants = {old.encode()}
    for line in (listed or b"").splitlines():
        commit, *parents = line.split()
        if descendants.isdisjoint(parents):
            return False
        descendants.add(commit)
    return new.encode() in descendants


def parse(chunks: Iterable[bytes], root: str, on_commit: Callable[[int], None] | None = None) -> Iterator[Event]:
    """Read the output of `git log` with the flags above into events, in its order.

    NUL ends every field, and how many fields follow is known at each step; so no name and no path, whatever
    it holds, can be taken for something else.
    """
    fields = _fields(chunks)
    commit: Commit | None = None
    changes: list[Change] = []
    read = 0
    for field in fields:
        head = field.lstrip(b"\n")
        if head.startswith(_HEADER):
            if commit and changes:
                yield Event(commit, tuple(changes))
            commit, changes, read = _commit(head[1:], fields), [], read + 1
            if on_commit:
                on_commit(read)
        elif head:
            changes += _changes(head, fields, root)
    if commit and changes:
        yield Event(commit, tuple(changes))


def _fields(chunks: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\0")
        yield from whole


def _take(fields: Iterator[bytes]) -> bytes:
    field = next(fields, None)
    if field is None:
        raise IlogError("the output of git log broke off", hint="git fsck", code=Code.IO)
    return field


def _commit(commit: bytes, fields: Iterator[bytes]) -> Commit:
    author, email, date = _take(fields), _take(fields), _take(fields)
    when, offset = _when(date)
    return Commit(_text(commit), intern(_text(author)), intern(_text(email)), when, offset)


def _when(raw: bytes) -> tuple[int, int]:
    """Read `1700000000 +0530` into seconds and minutes; 0 for what is missing or makes no sense."""
    try:
        seconds, zone = raw.split()
        when, digits = int(seconds), int(zone)
    except ValueError:
        return 0, 0
    hours, minutes = divmod(abs(digits), 100)
    return when, (hours * 60 + minutes) * (-1 if digits < 0 else 1)


def _changes(head: bytes, fields: Iterator[bytes], root: str) -> list[Change]:
    """Read one entry of a commit, and the paths that belong to it."""
    entry = _ENTRY.fullmatch(_text(head))
    if not entry:
        raise IlogError(f"cannot read what git log says: {head!r}", hint="git --version", code=Code.BUG)
    parents, modes, statuses = len(entry[1]), entry[2].split(), entry[4]
    blob = entry[3].rsplit(maxsplit=1)[-1]
    if parents == 1:
        return _changed(modes, statuses[0], fields, root, blob)
    olds = [_text(_take(fields)) for _ in range(parents)]
    return _merged(modes, statuses, olds, Change("A", _text(_take(fields)), blob=blob), root)


def _changed(modes: list[str], status: str, fields: Iterator[bytes], root: str, blob: str) -> list[Change]:
    """Read the change of an ordinary commit. Not being a note counts as not being there, on either side."""
    old = new = _text(_take(fields))
    if status in "RC":
        new = _text(_take(fields))
    was_note = status != "C" and is_note(modes[0], old, root)
    if not is_note(modes[1], new, root):
        return [Change("D", old)] if was_note else []
    if not was_note:
        return [Change("A", new, blob=blob)]
    return [Change("M", new, blob=blob) if old == new else Change("R", new, old, blob)]


def _merged(modes: list[str], statuses: str, olds: list[str], born: Change, root: str) -> list[Change]:
    """Read the change of a merge: only what none of its parents had at that path was made by the merge itself."""
    if not set(statuses) <= set("AR") or not is_note(modes[-1], born.path, root):
        return []
    sides = zip(modes, statuses, olds, strict=False)
    sources = [old for mode, status, old in sides if status == "R" and is_note(mode, old, root)]
    return [Change("R", born.path, old, born.blob) for old in dict.fromkeys(sources)] or [born]


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
