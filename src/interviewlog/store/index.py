"""What the notes are, as git and the work tree say. Nothing above asks how it is known.

Answers are read from git each time; the door stays open for a cache by blob id and commit.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from interviewlog.errors import IlogError
from interviewlog.interview import Interview, Problem
from interviewlog.note import parse
from interviewlog.store import templates
from interviewlog.store.folder import Folder

if TYPE_CHECKING:  # history is for the counts; a note that is begun needs none
    from interviewlog.lineage import State

Note = Interview | Problem
Tell = Callable[[int, int], None]
_OFTEN = 100
MOST_TEMPLATES = 200
_LOOK_BACK = 20


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of one commit, sorted by path; `strays` are files under the root that are no notes."""

    commit: str | None
    notes: tuple[Note, ...]
    strays: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drafts:
    """What the work tree has that HEAD has not: new notes, changed ones (as they are now), deleted paths."""

    new: tuple[Note, ...] = ()
    changed: tuple[Note, ...] = ()
    deleted: tuple[str, ...] = ()


def notes_at(folder: Folder, commit: str | None, tell: Tell | None = None) -> Notes:
    """Read all notes of a commit; none for None, the branch that has no commit yet.

    `tell` hears now and then how many of how many have been read.
    """
    if commit is None:
        return Notes(None, (), ())
    from interviewlog.lineage import is_note

    entries = folder.git.tree(commit, folder.root)
    paths: dict[str, list[str]] = {}
    for entry in entries:
        if is_note(entry.mode, entry.path, folder.root):
            paths.setdefault(entry.blob, []).append(entry.path)
    template = _template_at(folder, commit)
    notes: list[Note] = []
    for number, (blob, raw) in enumerate(folder.git.blobs(paths)):
        notes += [parse(path, raw, template) for path in paths[blob]]
        if tell and number % _OFTEN == 0:
            tell(number, len(paths))
    strays = {entry.path for entry in entries}.difference(*paths.values())
    return Notes(commit, tuple(sorted(notes, key=lambda note: note.path)), tuple(sorted(strays)))


def _template_at(folder: Folder, commit: str) -> frozenset[str]:
    """Collect the lines of the templates as of a commit: one commit must give one count on every machine."""
    entries = [each for each in folder.git.tree(commit, templates.TEAM_DIR) if each.path.endswith(".md")]
    team = (raw for _, raw in folder.git.blobs(entry.blob for entry in entries if len(entries) < MOST_TEMPLATES))
    lines = (templates.own_lines(raw.decode(errors="replace")) for raw in team if len(raw) <= templates.LARGEST)
    return templates.shipped_lines().union(*lines)


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


def work_tree(folder: Folder) -> Notes:
    """Read all notes of the work tree, committed or not; of HEAD in a bare repository."""
    if folder.git.is_bare:
        return notes_at(folder, folder.git.head())
    paths = folder.files_below_root()
    notes = [path for path in paths if folder.is_note(path)]
    return Notes(None, tuple(_read(folder, notes)), tuple(path for path in paths if not folder.is_note(path)))


def unseen(folder: Folder) -> list[Note]:
    """Read the notes that git neither has nor offers to take: ignored ones, or those inside another repository."""
    if folder.git.is_bare:
        return []
    known = {*paths_at(folder, folder.git.head()), *(change.path for change in folder.git.uncommitted(folder.root))}
    return _read(folder, [path for path in folder.work_tree_notes() if path not in known])


def current(folder: Folder) -> tuple[Note, ...]:
    """Give all notes as they are now: HEAD's, overlaid with the work tree's, sorted by path."""
    return overlaid(notes_at(folder, folder.git.head()), drafts(folder))


def overlaid(notes: Notes, drafts: Drafts) -> tuple[Note, ...]:
    """Give the notes as the work tree has them, sorted by path."""
    by_path = {note.path: note for note in notes.notes if note.path not in drafts.deleted}
    by_path |= {note.path: note for note in (*drafts.new, *drafts.changed)}
    return tuple(by_path[path] for path in sorted(by_path))


def read_note(folder: Folder, path: str) -> Note:
    """Read one note as it is now. Raises IlogError (66, 77) when there is no such regular file."""
    raw = (folder.git.blob_at("HEAD", path) or b"") if folder.git.is_bare else folder.read(path)
    return parse(path, raw, templates.boilerplate(folder.templates))


def lineages(folder: Folder, commit: str | None, tell: Tell | None = None) -> "State":
    """Read who introduced which note, when, from the history that leads to a commit.

    `tell` hears now and then how many commits have been read; how many there are nobody knows (0).
    """
    from interviewlog.lineage import State
    from interviewlog.store import history

    if commit is None:
        return State()

    def on_commit(number: int) -> None:
        if tell and number % _OFTEN == 0:
            tell(number, 0)

    return history.lineages(folder.git, commit, folder.root, on_commit)


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


def last_begun(folder: Folder, emails: Iterable[str]) -> str | None:
    """Give the note that somebody with one of these e-mails brought in last, of those that are still there."""
    who = [f"--author=<{email}>" for email in emails]
    if not who or not folder.git.head():
        return None
    # Some commits back, for the last one may have brought in something else below the root.
    options = (f"-{_LOOK_BACK}", "--diff-filter=A", "--format=%x01", "--name-only", "--no-renames", "-z")
    listed = folder.git.read("log", *options, "--fixed-strings", "-i", *who, "HEAD", "--", folder.root)
    for brought_in in listed.decode("utf-8", "surrogateescape").split("\x01\0"):
        paths = (path.lstrip("\n") for path in reversed(brought_in.split("\0")))
        found = next((path for path in paths if folder.is_note(path) and (folder.top / path).is_file()), None)
        if found:
            return found
    return None


def is_shared(folder: Folder, path: str) -> bool | None:
    """Tell whether the upstream branch has this note as it is at HEAD; None when there is no upstream branch."""
    if not folder.git.resolve("@{upstream}"):
        return None
    return folder.git.blob_at("@{upstream}", path) == folder.git.blob_at("HEAD", path)


def committed(folder: Folder, paths: Iterable[str]) -> set[str]:
    """Tell which of these paths HEAD has, by asking for each: the cost does not grow with the folder."""
    asked = [path for path in paths if "\n" not in path]
    if not asked:
        return set()
    questions = "".join(f"HEAD:{path}\n" for path in asked).encode("utf-8", "surrogateescape")
    answers = folder.git.read("cat-file", "--batch-check=%(objecttype)", stdin=questions).splitlines()
    return {path for path, answer in zip(asked, answers, strict=True) if answer == b"blob"}


def committed_notes(folder: Folder, paths: Iterable[str]) -> list[Note]:
    """Read those of these notes that HEAD has, as it has them, by asking for each."""
    there = sorted(committed(folder, paths))
    template = _template_at(folder, "HEAD") if there else frozenset()
    content = folder.git.blobs(f"HEAD:{path}" for path in there)
    return [parse(path, raw, template) for path, (_, raw) in zip(there, content, strict=True)]


def is_changed(folder: Folder, path: str) -> bool:
    """Tell whether a note of the work tree differs from HEAD's, or is new."""
    return any(change.path == path for change in folder.git.uncommitted(path))
