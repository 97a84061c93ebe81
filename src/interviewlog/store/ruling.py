"""Changing `ilog.yaml`: as text, while no other ilog writes, and in a commit of its own."""

import os
import re
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
    when the commit fails the file stands there, and `again` says how to go on.
    """
    git = folder.git
    refusals.check_has_files(git)
    with lock.held(git.common_dir, on_wait):
        if commit:
            refusals.check_repository(git, {}, again)
        is_theirs = bool(git.uncommitted(FILE_NAME))
        is_changed = _write(folder, edit)
        is_ours = is_changed and commit and not is_theirs
        if is_ours:
            _commit(folder, subject)
        return Changed(is_changed, is_ours, is_theirs)


def _write(folder: Folder, edit: Callable[[str], str]) -> bool:
    if not os.path.lexists(folder.top / FILE_NAME):
        text = edit("")
        if text:
            folder.write_new(FILE_NAME, text)
        return bool(text)
    old = folder.read(FILE_NAME)
    text = decoded_config(old)
    new = edit(text)
    if new != text:
        mark = _BOM if old.startswith(_BOM.encode()) else ""
        folder.replace(FILE_NAME, old, (mark + new).encode())
    return new != text


def _commit(folder: Folder, subject: str) -> None:
    try:
        commit_paths_locked(folder.git, [FILE_NAME], subject)
    except IlogError as error:
        error.kept = error.kept or FILE_NAME
        error.hint = re.sub(r"ilog save\b.*", f"git add {FILE_NAME} && git commit {FILE_NAME}", error.hint)
        raise
