"""Changing `ilog.yaml`: as text, while no other ilog writes, and in a commit of its own."""

import os
from collections.abc import Callable
from dataclasses import dataclass

from interviewlog.config import FILE_NAME
from interviewlog.errors import IlogError
from interviewlog.store import lock, refusals
from interviewlog.store.commit import commit_paths_locked
from interviewlog.store.folder import Folder, decoded_config

_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Changed:
    """What was done to the file, and whether it holds what no commit has: `is_theirs` from before."""

    is_changed: bool
    is_committed: bool
    is_theirs: bool


def change(
    folder: Folder,
    edit: Callable[[str], str],
    subject: str,
    *,
    again: str,
    commit: bool = True,
    on_wait: Callable[[], None] | None = None,
) -> Changed:
    """Change the text of `ilog.yaml` (made where there is none) and commit this file and no other.

    A file that holds changes of the person's own is changed, but not committed. Raises IlogError: before anything is
    written 78 in a bare repository, without an identity or on no branch, 75 while a merge or rebase is under way;
    when the commit is refused the file is as it was, and `again` is what to type then.
    """
    git = folder.git
    refusals.check_has_files(git)
    with lock.held(git.common_dir, on_wait):
        if commit:
            refusals.check_repository(git, {}, again)
        is_theirs = bool(git.uncommitted(FILE_NAME))
        old, new = _written(folder, edit)
        is_ours = old != new and commit and not is_theirs
        if is_ours:
            _commit(folder, subject, old, new, again)
        return Changed(old != new, is_ours, is_theirs)


def _written(folder: Folder, edit: Callable[[str], str]) -> tuple[bytes | None, bytes | None]:
    """Write the file anew, and give what it held before and holds now; None where there is none."""
    old = folder.read(FILE_NAME) if os.path.lexists(folder.top / FILE_NAME) else None
    text = decoded_config(old or b"")
    changed = edit(text)
    if changed == text:
        return old, old
    if old is None:
        folder.write_new(FILE_NAME, changed)
        return None, changed.encode()
    new = (_BOM if old.startswith(_BOM.encode()) else "").encode() + changed.encode()
    folder.replace(FILE_NAME, old, new)
    return old, new


def _commit(folder: Folder, subject: str, old: bytes | None, new: bytes | None, again: str) -> None:
    """Commit the file; what is refused is taken back, so that the same line can be typed again."""
    try:
        commit_paths_locked(folder.git, [FILE_NAME], subject)
    except IlogError as error:
        error.kept = "" if _taken_back(folder, old, new) else FILE_NAME
        error.hint = again if error.hint.startswith("ilog save") else error.hint
        raise


def _taken_back(folder: Folder, old: bytes | None, new: bytes | None) -> bool:
    """Put back what stood there; not over what somebody, such as a hook that mends files, wrote meanwhile."""
    try:
        if old is None:
            folder.remove(FILE_NAME)
        elif new is not None:
            folder.replace(FILE_NAME, new, old)
    except IlogError:
        return False
    return True
