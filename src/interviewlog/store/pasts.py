"""All that notes ever held, under all the names they ever had, on every branch, tag and stash: what has to be replaced
where something is to vanish from history.

Within the root a note is followed as `lineage` follows it. Where it came in from outside, as all notes do when the
root is moved, git is asked where from.
"""

from collections.abc import Callable, Iterable, Iterator
from sys import intern
from typing import NamedTuple

from interviewlog.lineage import Event, Story
from interviewlog.store import history
from interviewlog.store.folder import Folder
from interviewlog.store.git import Git

Tell = Callable[[int, int], None]
_OFTEN = 100
_RAW = ("--raw", "-z", "--no-abbrev", "--no-color", "--no-ext-diff", "--no-textconv")


class Past(NamedTuple):
    """What history has of some notes: each name and the id of each content, with the note's path of today.

    A name that was also another note's is left out, and so is a content that other files, `copies`, still have today.
    """

    names: dict[str, str]
    contents: dict[str, str]
    copies: tuple[str, ...] = ()


def past(folder: Folder, paths: Iterable[str], tell: Tell | None = None) -> Past:
    """Find what history has of the notes at these paths; `tell` hears now and then how many commits were read."""

    def on_commit(number: int) -> None:
        if tell and number % _OFTEN == 0:
            tell(number, 0)

    git, root = folder.git, folder.root
    told = _Told.of(history.everywhere(git, root, on_commit))
    wanted = {place.note: path for path in paths if (place := told.story.places.get(path))}
    others = {name for note, name in told.names if note not in wanted}
    names = {name: wanted[note] for note, name in told.names if note in wanted and name not in others}
    contents = {blob: wanted[note] for note, blob in told.contents if note in wanted}
    born = [(commit, name, wanted[note]) for note, name, commit in told.births if note in wanted]
    for name, path, held in _outside(git, born):
        names[name] = path
        contents |= dict.fromkeys(held, path)
    still = {entry.path: entry.blob for entry in git.tree("HEAD", ".") if entry.path not in wanted.values()}
    kept = set(still.values())
    return Past(
        {name: path for name, path in names.items() if name not in still},
        {blob: path for blob, path in contents.items() if blob not in kept},
        tuple(path for path, blob in still.items() if blob in contents),
    )


class _Told(NamedTuple):
    """Which note (by number) had which name and content, and which commit brought it in, of all that history tells."""

    story: Story
    names: set[tuple[int, str]]
    contents: set[tuple[int, str]]
    births: set[tuple[int, str, str]]

    @classmethod
    def of(cls, events: Iterable[Event]) -> "_Told":
        told = cls(Story([], {}), set(), set(), set())
        for event in events:
            for change in event.changes:
                before = told.story.places.get(change.old or change.path)
                told.story.take(change, event.commit)
                after = told.story.places.get(change.path)
                if before and change.kind != "A":
                    told.names.add((before.note, intern(change.old or change.path)))
                    told.contents.update((before.note, intern(blob)) for blob in change.before)
                if after and change.blob:
                    told.names.add((after.note, intern(change.path)))
                    told.contents.add((after.note, intern(change.blob)))
                if after and change.kind == "A":
                    told.births.add((after.note, intern(change.path), event.commit.id))
        return told


_Birth = tuple[str, str, str]  # a commit, the name that came in with it, and the note's path of today


def _outside(git: Git, births: list[_Birth]) -> Iterator[tuple[str, str, set[str]]]:
    """Yield the names that notes had before they came under the root: name, path of today, and all they held then."""
    seen: set[str] = set()
    while births:
        found = {source: path for source, path in _sources(git, births) if source not in seen}
        seen.update(found)
        births = []
        for source, path in found.items():
            held: set[str] = set()
            for commit, status, blobs in _held(git, source):
                held |= {blob for blob in blobs if blob.strip("0")}
                if status == "A":
                    births.append((commit, source, path))
            yield source, path, held


def _sources(git: Git, births: Iterable[_Birth]) -> Iterator[tuple[str, str]]:
    """Yield the names from which commits moved notes here, each with the note's path of today."""
    came = {(commit, name): path for commit, name, path in births}
    asked = "".join(f"{commit}\n" for commit in dict.fromkeys(commit for commit, _ in came)).encode()
    said = git.read("diff-tree", "--stdin", "-r", "--root", "-M", "-l0", *_RAW, stdin=asked)
    for commit, _, status, _, names in _entries(said):
        if status == "R" and (path := came.get((commit, names[-1]))):
            yield names[0], path


def _held(git: Git, name: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield each change of the file of one name, on every branch: commit, status, ids before and after."""
    asked = ("--all", "--full-history", "-m", "--no-renames", "--root", "--format=%H", *_RAW)
    for commit, _, status, blobs, _ in _entries(b"".join(git.stream("log", *asked, "--", name))):
        yield commit, status, blobs


_Entry = tuple[str, tuple[str, ...], str, tuple[str, ...], tuple[str, ...]]


def _entries(said: bytes) -> Iterator[_Entry]:
    """Read `--raw -z`: yields (commit, modes, status, ids, names) of each entry; a commit is a field of its own."""
    commit = ""
    fields = (field.decode("utf-8", "surrogateescape") for field in said.split(b"\0"))
    for each in fields:
        field = each.strip("\n")
        if not field.startswith(":"):
            commit = field or commit
            continue
        old, new, before, after, status = field[1:].split(" ")
        names = [next(fields, "") for _ in range(2 if status[0] in "RC" else 1)]
        yield commit, (old, new), status[0], (before, after), tuple(names)
