"""What the notes are, as git and the work tree say. Nothing above asks how it is known.

Answers come from an index by blob id and commit (see `enquiry`); what is not committed is read each time.
"""

from bisect import insort
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar, Union

from interviewlog.card import Card, card_of
from interviewlog.errors import IlogError
from interviewlog.notepath import FileName
from interviewlog.problem import Problem
from interviewlog.selection import Selection, is_wanted
from interviewlog.store import renames
from interviewlog.store.counts import Arrived, Counted, Filed, Rules
from interviewlog.store.enquiry import NOBODY, Tell, Watch, asked, is_unread
from interviewlog.store.folder import Folder
from interviewlog.store.shelf import Shelf
from interviewlog.store.silence import Silence

if TYPE_CHECKING:  # only who reads whole notes need know how they look
    from interviewlog.interview import Interview
    from interviewlog.weeks import Week

__all__ = ["Arrived", "Counted", "Drafts", "Filed", "Found", "Rules", "Silence", "Tell", "Watch", "is_unread"]

Note = Union["Interview", Problem]
T = TypeVar("T")
D = TypeVar("D", Card, "Interview")


class Drafts(NamedTuple):
    """What the work tree has that HEAD has not: new notes, changed ones (as they are now), deleted paths."""

    new: tuple[Note, ...] = ()
    changed: tuple[Note, ...] = ()
    deleted: tuple[str, ...] = ()

    @property
    def paths(self) -> list[str]:
        return [*self.deleted, *(note.path for note in (*self.new, *self.changed))]


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """The notes asked for, by date, and all that cannot be read, by path; `more` were left out by `last`."""

    notes: list[T]
    problems: list[Problem]
    more: int = 0


class Notes(NamedTuple):
    """All notes, sorted by path; `strays` are files under the root that are no notes."""

    notes: tuple[Note, ...]
    strays: tuple[str, ...]


def interviews(
    folder: Folder, wanted: Selection, watch: Watch = NOBODY, *, only_committed: bool = False
) -> "Found[Interview]":
    """Give the notes asked for as they are in the work tree (as they are at HEAD, if `only_committed`)."""
    over = Drafts() if only_committed else drafts(folder)
    return _overlaid(_committed(folder, wanted, watch, Shelf.interviews, over), wanted, over, lambda note: note)


def cards(folder: Folder, wanted: Selection, watch: Watch = NOBODY, *, only_committed: bool = False) -> Found[Card]:
    """Give the cards of the notes asked for."""
    over = Drafts() if only_committed else drafts(folder)
    return _overlaid(_committed(folder, wanted, watch, Shelf.cards, over), wanted, over, card_of)


def paths(folder: Folder, wanted: Selection, watch: Watch = NOBODY, *, only_committed: bool = False) -> Found[str]:
    """Give the paths of the notes asked for."""
    over = Drafts() if only_committed else drafts(folder)
    if not (over.new or over.changed):  # a hundred thousand paths are read much sooner than their cards
        return _committed(folder, wanted, watch, Shelf.paths, over)
    found = _overlaid(_committed(folder, wanted, watch, Shelf.cards, over), wanted, over, card_of)
    return Found([card.path for card in found.notes], found.problems, found.more)


def _committed(
    folder: Folder,
    wanted: Selection,
    watch: Watch,
    ask: Callable[[Shelf, Selection, Sequence[str]], list[T]],
    over: Drafts,
) -> Found[T]:
    """Ask the index for what the work tree has no other version of."""

    def question(shelf: Shelf) -> Found[T]:
        notes = ask(shelf, wanted, over.paths)
        more = shelf.number(wanted, over.paths) - len(notes) if wanted.last else 0
        return Found(notes, shelf.problems(over.paths), more)

    return asked(folder, folder.git.head(), question, watch, with_words=bool(wanted.query))


def _overlaid(there: Found[D], wanted: Selection, over: Drafts, of: "Callable[[Interview], D]") -> Found[D]:
    """Lay what is not committed over an answer."""
    mine: tuple[Note, ...] = (*over.new, *over.changed)
    notes = list(there.notes)
    for note in mine:
        if not isinstance(note, Problem) and is_wanted(note, wanted):
            insort(notes, of(note), key=lambda each: (each.date, each.path))
    problems = [*there.problems, *(note for note in mine if isinstance(note, Problem))]
    kept = notes[-wanted.last :] if wanted.last else notes
    return Found(kept, sorted(problems, key=lambda each: each.path), there.more + len(notes) - len(kept))


def everything(folder: Folder, commit: str | None, watch: Watch = NOBODY) -> Notes:
    """Give all notes of a commit, read whole; none for None, the branch that has no commit yet."""

    def question(shelf: Shelf) -> Notes:
        notes: list[Note] = [*shelf.interviews(Selection()), *shelf.problems()]
        return Notes(tuple(sorted(notes, key=lambda note: note.path)), tuple(shelf.strays()))

    return asked(folder, commit, question, watch)


def counted(
    folder: Folder, commit: str | None, weeks: "tuple[Week | None, Week]", rules: Rules, watch: Watch = NOBODY
) -> tuple[Counted, list[tuple[str, str]], list[tuple[str, ...]]]:
    """Give the notes of a commit in some weeks, the authors of its history and the `pm` lines of its notes."""
    return asked(
        folder,
        commit,
        lambda shelf: (shelf.counted(*weeks, rules), shelf.authors(), shelf.words_of_pms()),
        watch,
    )


def arrived(
    folder: Folder,
    commit: str | None,
    weeks: "tuple[Week | None, Week]",
    watch: Watch = NOBODY,
    *,
    only_existing: bool = False,
) -> tuple[Arrived, list[tuple[str, str]]]:
    """Give what the history of a commit brought in, in some weeks, and its authors."""
    return asked(
        folder,
        commit,
        lambda shelf: (shelf.arrived(*weeks, only_existing=only_existing), shelf.authors()),
        watch,
    )


def first_look(folder: Folder, commit: str | None, weeks: "tuple[Week, Week]", least: int) -> list[Note]:
    """Read the notes whose names say that they are of some weeks; none where there are not at least so many in all."""
    paths = paths_at(folder, commit)
    names = ((path, FileName.read(path)) for path in paths if len(paths) >= least)
    first, last = weeks[0].monday, weeks[1].sunday
    return committed_notes(folder, [path for path, name in names if name and first <= name.day <= last])


def last_begun(folder: Folder, emails: Iterable[str], watch: Watch = NOBODY) -> str | None:
    """Give the note that somebody with one of these e-mails brought in last, of those that are still there."""
    mine = {email.casefold() for email in emails}

    def question(shelf: Shelf) -> str | None:
        found = shelf.latest_by(lambda _, email: email.casefold() in mine)
        return next((path for path in found if folder.git.is_bare or (folder.top / path).is_file()), None)

    return asked(folder, folder.git.head(), question, watch)


def moved(folder: Folder, end: str) -> list[str]:
    """Give where those notes stand today that had a path with this end once, with or without `.md`."""
    name = end if end.endswith(".md") else f"{end}.md"
    return asked(folder, folder.git.head(), lambda shelf: shelf.moved(name), NOBODY)


def unheard(folder: Folder, silence: Silence, is_wanted: Callable[[Card, int], bool], most: int) -> list[Card]:
    """Give the last notes on customers unheard for long, longest ago first, as many as are wanted.

    `is_wanted` is asked about the last note and how many there were of late.
    """
    return asked(
        folder, folder.git.head(), lambda shelf: list(islice(shelf.last_talks(silence, is_wanted), most)), NOBODY
    )


def paths_at(folder: Folder, commit: str | None) -> list[str]:
    """List the note paths of a commit, without reading the notes."""
    from interviewlog.lineage import is_note

    entries = folder.git.tree(commit, folder.root) if commit else []
    return [entry.path for entry in entries if is_note(entry.mode, entry.path, folder.root)]


def drafts(folder: Folder) -> Drafts:
    """Read the notes that are new or changed in the work tree; a bare repository has none."""
    if folder.git.is_bare:
        return Drafts()
    changes = [change for change in folder.git.uncommitted(folder.root) if folder.is_note(change.path)]
    by_kind = {kind: sorted(c.path for c in changes if c.kind == kind) for kind in ("new", "changed", "deleted")}
    return Drafts(
        tuple(_read(folder, by_kind["new"])), tuple(_read(folder, by_kind["changed"])), tuple(by_kind["deleted"])
    )


def deleted(folder: Folder) -> list[str]:
    """List the notes that HEAD has and the work tree has not."""
    found = (change for change in folder.git.uncommitted(folder.root) if change.kind == "deleted")
    return sorted(change.path for change in found if folder.is_note(change.path))


def work_tree(folder: Folder) -> Notes:
    """Read all notes of the work tree, committed or not; of HEAD in a bare repository."""
    if folder.git.is_bare:
        return everything(folder, folder.git.head())
    paths = folder.files_below_root()
    notes = [path for path in paths if folder.is_note(path)]
    return Notes(tuple(_read(folder, notes)), tuple(path for path in paths if not folder.is_note(path)))


def unseen(folder: Folder) -> list[Note]:
    """Read the notes that git neither has nor offers to take: ignored ones, or those inside another repository."""
    if folder.git.is_bare:
        return []
    known = {*paths_at(folder, folder.git.head()), *(change.path for change in folder.git.uncommitted(folder.root))}
    return _read(folder, [path for path in folder.work_tree_notes() if path not in known])


def read_note(folder: Folder, path: str) -> Note:
    """Read one note as it is now. Raises IlogError (66, 77) when there is no such regular file."""
    from interviewlog.note import parse  # listing and counting what is committed need no reader of YAML
    from interviewlog.store.templates import boilerplate

    raw = (folder.git.blob_at("HEAD", path) or b"") if folder.git.is_bare else folder.read(path)
    return parse(path, raw, boilerplate(folder.templates))


def _read(folder: Folder, paths: Iterable[str]) -> list[Note]:
    return [_read_or_problem(folder, path) for path in paths]


def _read_or_problem(folder: Folder, path: str) -> Note:
    try:
        return read_note(folder, path)
    except IlogError as error:
        return Problem(path, 1, 1, error.message.removesuffix(f": {path}"), error.hint)


def unshared(folder: Folder) -> int:
    """Count the notes that HEAD has added or changed since it left the upstream branch: nobody else has them so."""
    base = (folder.git.try_read("merge-base", "@{upstream}", "HEAD") or b"").decode().strip()
    options = ("-r", "--name-only", "--no-renames", "--diff-filter=AM", "-z", "--end-of-options", base, "HEAD")
    listed = (folder.git.try_read("diff-tree", *options, "--", folder.root) or b"") if base else b""
    return sum(folder.is_note(path.decode("utf-8", "surrogateescape")) for path in listed.split(b"\0") if path)


def is_shared(folder: Folder, path: str) -> bool | None:
    """Tell whether the upstream branch has this note as it is at HEAD; None when there is no upstream branch."""
    if not folder.git.resolve("@{upstream}"):
        return None
    return folder.git.blob_at("@{upstream}", path) == folder.git.blob_at("HEAD", path)


def committed(folder: Folder, paths: Iterable[str]) -> set[str]:
    """Tell which of these paths HEAD has, by asking for each: the cost does not grow with the folder."""
    asked = list(paths)
    if not asked:
        return set()
    return set(renames.committed(folder.git, asked))


def committed_notes(folder: Folder, paths: Iterable[str]) -> list[Note]:
    """Read those of these notes that HEAD has, as it has them, by asking for each."""
    there = sorted(committed(folder, paths))
    if not there:
        return []
    from interviewlog.note import parse
    from interviewlog.store.trees import template_at

    template = template_at(folder.git, "HEAD")
    content = folder.git.blobs(renames.committed(folder.git, there).values())
    return [parse(path, raw, template) for path, (_, raw) in zip(there, content, strict=True)]


def is_changed(folder: Folder, path: str) -> bool:
    """Tell whether a note of the work tree differs from HEAD's, or is new."""
    return any(change.path == path for change in folder.git.uncommitted(path))
