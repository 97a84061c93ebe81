"""What happened to the notes: one stream of `git log`, read into events and replayed into lineages."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import date
from sys import intern

from interviewlog.commit import Commit
from interviewlog.errors import Code, IlogError
from interviewlog.lineage import Change, Event, State, is_note, replay
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
    asked = _question(git, rev, root, since)
    if asked:
        yield from parse(git.stream(*asked), root, on_commit)


def everywhere(git: Git, root: str, on_commit: Callable[[int], None] | None = None) -> Iterator[Event]:
    """Yield what every commit of every branch, tag and stash did to notes, oldest first."""
    yield from parse(git.stream(*_LOG, "--all", "--", root.strip("/") or "."), root, on_commit)


@contextmanager
def begun(git: Git, rev: str, root: str, since: str | None) -> Iterator["Begun"]:
    """Let git begin to read history, and lend what gives its events; meanwhile there is time for other work."""
    asked = _question(git, rev, root, since)
    with git.spooled(*asked) if asked else nullcontext(list[bytes]) as log:
        yield lambda on_commit: parse(log(), root, on_commit)


Begun = Callable[[Callable[[int], None] | None], Iterator[Event]]


def _question(git: Git, rev: str, root: str, since: str | None) -> tuple[str, ...]:
    last = git.resolve(rev)
    if last is None and rev == "HEAD":
        return ()
    first = git.resolve(since) if since else None
    if last is None or (since and first is None):
        missing = since if last else rev
        raise IlogError(f"no such revision: {missing}", hint="git log --oneline", code=Code.USAGE)
    span = f"{first}..{last}" if first else str(last)
    return (*_LOG, "--end-of-options", span, "--", root.strip("/") or ".")


def committed_on(git: Git, commit: str) -> date:
    """Give the committer's calendar day, at the committer's own offset; absurd dates give the nearest day."""
    raw = git.read("show", "-s", "--format=%cd", "--date=raw", "--end-of-options", commit).strip()
    return Commit(commit, "", "", *_when(raw)).date


def lineages(git: Git, rev: str, root: str, on_commit: Callable[[int], None] | None = None) -> State:
    """Replay the whole history up to `rev`."""
    return replay(events(git, rev, root, on_commit=on_commit))


def is_resumable(git: Git, old: str, new: str) -> bool:
    """Tell whether replaying `old..new` on the state at `old` gives the state at `new`."""
    return successors(git, old, new) is not None


def successors(git: Git, old: str, new: str) -> list[str] | None:
    """List the commits that came after `old` up to `new`; None unless all of them descend from `old`.

    Only if they do, all that led to `old` stands before them in the order of history. Where a branch that left
    earlier was merged since, its commits may belong between the old ones.
    """
    if old == new:
        return []
    listed = git.try_read("rev-list", "--parents", "--topo-order", "--reverse", f"{old}..{new}", "--")
    descendants = {old.encode()}
    after = []
    for line in (listed or b"").splitlines():
        commit, *parents = line.split()
        if descendants.isdisjoint(parents):
            return None
        descendants.add(commit)
        after.append(commit.decode())
    return after if new.encode() in descendants else None


def parse(chunks: Iterable[bytes], root: str, on_commit: Callable[[int], None] | None = None) -> Iterator[Event]:
    """Read the output of `git log` with the flags above into events, in its order.

    NUL ends every field, and how many fields follow is known at each step; so no name and no path, whatever
    it holds, can be taken for something else.
    """
    fields = fields_of(chunks)
    commit: Commit | None = None
    changes: list[Change] = []
    read = 0
    for field in fields:
        head = field.lstrip(b"\n")
        if head.startswith(_HEADER):
            if commit and changes:
                yield Event(commit, tuple(changes))
            commit, changes, read = read_commit(head[1:], fields), [], read + 1
            if on_commit:
                on_commit(read)
        elif head:
            changes += _changes(head, fields, root)
    if commit and changes:
        yield Event(commit, tuple(changes))


def fields_of(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut what `git log -z` says at its NULs."""
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\0")
        yield from whole


def _take(fields: Iterator[bytes]) -> bytes:
    field = next(fields, None)
    if field is None:
        raise IlogError("the output of git log broke off", hint="git fsck", code=Code.IO)
    return field


def read_commit(commit: bytes, fields: Iterator[bytes]) -> Commit:
    """Read a commit's id, and from `fields` what `%an%x00%ae%x00%ad` with `--date=raw` gives."""
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
    *before, blob = entry[3].split()
    if parents == 1:
        return _changed(modes, statuses[0], fields, root, (before[0], blob))
    olds = [_text(_take(fields)) for _ in range(parents)]
    return _merged(modes, statuses, olds, Change("A", _text(_take(fields)), "", blob, tuple(before)), root)


def _changed(modes: list[str], status: str, fields: Iterator[bytes], root: str, blobs: tuple[str, str]) -> list[Change]:
    """Read the change of an ordinary commit. Not being a note counts as not being there, on either side."""
    old = new = _text(_take(fields))
    if status in "RC":
        new = _text(_take(fields))
    was_note = status != "C" and is_note(modes[0], old, root)
    before, blob = blobs
    if not is_note(modes[1], new, root):
        return [Change("D", old, before=(before,))] if was_note else []
    if not was_note:
        return [Change("A", new, blob=blob)]
    return [Change("M", new, "", blob, (before,)) if old == new else Change("R", new, old, blob, (before,))]


def _merged(modes: list[str], statuses: str, olds: list[str], born: Change, root: str) -> list[Change]:
    """Read the change of a merge: only what none of its parents had at that path was made by the merge itself."""
    if not set(statuses) <= set("ADMR") or ("D" not in statuses and not is_note(modes[-1], born.path, root)):
        return []
    sides = [
        (status, old, blob)
        for mode, status, old, blob in zip(modes, statuses, olds, born.before, strict=False)
        if status != "A" and is_note(mode, old, root)
    ]
    before = tuple(blob for _, _, blob in sides)
    if "D" in statuses:
        return [Change("D", born.path, before=before)] if before else []
    if "M" in statuses:
        return [Change("M", born.path, "", born.blob, before)] if before else []
    sources = dict.fromkeys(old for _, old, _ in sides)
    return [Change("R", born.path, old, born.blob, before) for old in sources] or [replace(born, before=())]


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
