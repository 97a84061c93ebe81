"""Making a folder ready: which repository it is, what may hinder, and putting its few files there as one commit."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from interviewlog.config import FILE_NAME, Config
from interviewlog.errors import Code, IlogError
from interviewlog.person import IGNORED
from interviewlog.store import refusals
from interviewlog.store.commit import commit_paths
from interviewlog.store.folder import JOIN_OR_INIT, Folder, config_text
from interviewlog.store.git import Git

ATTRIBUTES = ".gitattributes"
IGNORE = ".gitignore"


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a folder is to be: the repository to adopt, None where one has to be made, and who founds it."""

    path: Path
    git: Git | None
    author: str
    email: str
    config_text: str


@dataclass(frozen=True, slots=True)
class Laid:
    """What was done: the files that were committed, and those that were changed but hold a person's changes too."""

    committed: tuple[str, ...]
    left: tuple[str, ...]


def survey(path: Path) -> Ground:
    """Look at where `ilog init PATH` is to work: at the repository that `path` lies in, unless `path` is empty.

    Raises IlogError, before anything is written: 73 when a file is in the way, 78 for a bare repository, without an
    identity or on no branch, 75 while a merge or rebase is under way.
    """
    existing = next(each for each in (path, *path.parents) if each.exists())
    if not existing.is_dir():
        raise IlogError(f"a file, not a folder: {existing}", hint=f"ls -l {existing}", code=Code.EXISTS)
    is_full = existing == path and any(path.iterdir())
    git = Git.open(path) if is_full else None
    if git:
        refusals.check_has_files(git)
        refusals.check_repository(git, {}, "ilog init")
        return Ground(path, git, *git.author(), config_text(git))
    nowhere = Git(existing, existing, existing, is_bare=False, is_shallow=False)
    nowhere.committer()
    return Ground(path, None, *nowhere.author(), "")


def ready(path: Path, *, must_be: bool = False) -> Git | None:
    """Give the repository of a folder that is ready: it has a work tree, and rules in it.

    Raises IlogError (78) where there is none, and one `must_be`.
    """
    git = Git.open(path) if path.is_dir() else None
    if git and not git.is_bare and (git.top / FILE_NAME).is_file():
        return git
    if must_be:
        raise IlogError(f"no folder of notes here: {path}", hint=JOIN_OR_INIT, code=Code.CONFIG)
    return None


def files(git: Git, root: str, rules: str) -> dict[str, str]:
    """Give the texts that a folder needs at its paths.

    They are the rules, the line ends, what git must never take, and a file that keeps the root.
    """
    folder = Folder(git, Config(root=root))
    attributes = _text(folder, ATTRIBUTES)
    texts = {FILE_NAME: rules, ATTRIBUTES: _with_line(attributes, attributes_line(root))}
    texts[IGNORE] = _with_line(_text(folder, IGNORE), IGNORED)
    place = git.top / root
    if not place.is_dir() or not any(place.iterdir()) or (place / ".gitkeep").exists():
        texts[f"{root}/.gitkeep"] = _text(folder, f"{root}/.gitkeep")
    return texts


def lay(git: Git, texts: Mapping[str, str], subject: str, again: str = "ilog init") -> Laid:
    """Write the texts that differ from what is there, and commit these files and no other.

    A file that already holds changes of the person's own is changed, but not committed. Raises IlogError as a
    commit does; then the files stand there, and `again`, the same command, commits them.
    """
    with _then(again):
        theirs = {change.path for change in git.uncommitted(*texts) if not change.is_untracked}
        changed = [path for path, text in texts.items() if _write(Folder(git, Config()), path, text)]
        untracked = [change.path for change in git.uncommitted(*texts) if change.is_untracked]
        ours = [path for path in texts if path not in theirs and (path in changed or path in untracked)]
        if ours:
            commit_paths(git, ours, subject, kept=", ".join(ours))
        return Laid(tuple(ours), tuple(path for path in changed if path in theirs))


def attributes_line(root: str) -> str:
    """Give the line of `.gitattributes` that keeps the line ends of notes alike on every system."""
    pattern = re.sub(r"([\\*?\[])", r"\\\1", root) + "/**/*.md"
    if re.search(r'[\s"]', pattern):
        pattern = '"' + pattern.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{pattern} text eol=lf"


def _with_line(text: str, line: str) -> str:
    if line in (each.strip() for each in text.splitlines()):
        return text
    end = "\r\n" if "\r\n" in text else "\n"
    gap = end if text and not text.endswith("\n") else ""
    return f"{text}{gap}{line}{end}"


def _text(folder: Folder, path: str) -> str:
    return _bytes(folder, path).decode("utf-8", "surrogateescape")


def _bytes(folder: Folder, path: str) -> bytes:
    return folder.read(path) if os.path.lexists(folder.top / path) else b""


def _write(folder: Folder, path: str, text: str) -> bool:
    """Write a file if it is not there or holds something else; tells whether it did."""
    new = text.encode("utf-8", "surrogateescape")
    if not os.path.lexists(folder.top / path):
        folder.write_new(path, text)
        return True
    old = folder.read(path)
    if old != new:
        folder.replace(path, old, new)
    return old != new


@contextmanager
def _then(again: str) -> Iterator[None]:
    """Let every error here end in the command to repeat: what a commit says is meant for notes."""
    try:
        yield
    except IlogError as error:
        error.hint = re.sub(r"ilog (?:save|edit)\b.*", lambda _: again, error.hint)
        raise
