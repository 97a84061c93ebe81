"""Why a commit cannot be made: what is found before anything is touched, and what git says when it tries."""

import os
import re
import shlex
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from subprocess import CompletedProcess

from interviewlog.errors import Code, IlogError
from interviewlog.store import gitcall
from interviewlog.store.git import Git

_BUSY = re.compile(r"Unable to create '(.+)': File exists|cannot lock ref '(.+?)': is at ")
_BY_HOOK = "aborted by hook"
_HOOK_LINES = 60  # the last lines of what a hook says; the reason stands at the end
_GIT_LINES = 8
# What git says, what it means for us, and what to do before trying again.
_REASONS = (
    (("No space left", "quota", "Input/output error", "Read-only file system", "Permission denied"), Code.IO, "df -h"),
    (("unmerged",), Code.RETRY, "git status"),
    (("failed to sign", "failed to write commit object", "user.signingkey"), Code.CONFIG, "git config user.signingkey"),
)


def check_has_files(git: Git) -> None:
    """Raise if the repository is bare."""
    if git.is_bare:
        message = f"a bare repository has no files to commit: {git.top}"
        raise IlogError(message, hint=f"git clone {shlex.quote(str(git.top))}", code=Code.CONFIG)


def check_repository(git: Git, env: Mapping[str, str], again: str) -> None:
    """Raise unless a commit can be made here and would last. `again` is the command to repeat afterwards."""
    if word := git.in_progress():
        # git itself commits in the middle of a rebase without a word; aborting it then deletes the file.
        steps = {"bisect": "git bisect reset", "cherry-pick or revert": "git status"}
        first = steps.get(word, f"git {word} --continue")
        raise IlogError(f"a {word} is under way: {git.top}", hint=f"{first}, then: {again}", code=Code.RETRY)
    if git.branch() is None:
        message = f"HEAD is detached, a commit would be on no branch: {git.top}"
        raise IlogError(message, hint=f"git switch BRANCH, then: {again}", code=Code.CONFIG)
    git.author(env)
    git.committer(env)


def check_place(top: Path, path: str) -> None:
    """Raise unless `path` is a regular file of this work tree, or gone: no `..`, symlink or repository between."""
    pure = PurePosixPath(path)
    if not path or pure.is_absolute() or ".." in pure.parts:
        raise IlogError(f"not a path inside the repository: {path}", hint="ilog list", code=Code.REFUSED)
    if os.path.lexists(top / path) and not stat.S_ISREG((top / path).lstat().st_mode):
        raise IlogError(f"not a regular file: {path}", hint=f"ls -ld {shlex.quote(path)}", code=Code.REFUSED)
    for parent in list(pure.parents)[:-1]:
        if (top / parent).is_symlink():
            raise IlogError(
                f"a symlink leads to {path}: {parent}", hint=f"ls -ld {shlex.quote(str(parent))}", code=Code.REFUSED
            )
        if (top / parent / ".git").exists():
            message = f"a repository of its own holds {path}: {parent}"
            raise IlogError(message, hint=f"git -C {shlex.quote(str(parent))} status", code=Code.REFUSED)


def check_seen(git: Git, paths: Sequence[str], again: str) -> None:
    """Raise if git, though `paths` are there, does not track them: an ignore rule hides them, or something else.

    For files that have no status; without this, saving such a note would look like having nothing to save.
    """
    known = set(git.read("ls-files", "-z").split(b"\0")) if paths else set()
    unseen = [path for path in paths if path.encode("utf-8", "surrogateescape") not in known]
    if unseen:
        _check_ignored(git, unseen, again)
        raise IlogError(
            f"git does not see this file: {unseen[0]}", hint=f"git status, then: {again}", code=Code.REFUSED
        )


def _check_ignored(git: Git, paths: Sequence[str], again: str) -> None:
    """Raise if an ignore rule keeps one of `paths` out of git, naming the rule's file and line."""
    # This command knows no literal pathspecs; `./` keeps it from seeing magic in a name.
    names = b"".join(f"./{path}\0".encode("utf-8", "surrogateescape") for path in paths)
    done = gitcall.read(git.top, ("check-ignore", "-v", "-z", "--stdin"), names, {"GIT_LITERAL_PATHSPECS": "0"})
    if done.returncode == 0:
        source, line, rule, path, *_ = done.stdout.decode("utf-8", "surrogateescape").split("\0")
        message = f"ignored by {source}:{line} ({rule}): {path.removeprefix('./')}"
        raise IlogError(message, hint=f"edit {shlex.quote(source)}, then: {again}", code=Code.CONFIG)
    if done.returncode != 1:
        raise gitcall.failure("check-ignore", done.stderr)


def is_busy(done: CompletedProcess[bytes]) -> bool:
    """Tell whether git only failed because another git holds a lock, or was faster."""
    return bool(done.returncode and _BUSY.search(done.stderr.decode("utf-8", "replace")))


def refusal(done: CompletedProcess[bytes], command: str, again: str) -> IlogError:
    """Turn the failure of `git add` or `git commit` into our error."""
    text = done.stderr.decode("utf-8", "replace")
    if done.returncode < 0:
        message = f"git {command} was ended by signal {-done.returncode}"
        return IlogError(message, hint=f"git status, then: {again}", code=Code.RETRY)
    if busy := _BUSY.search(text):
        unlock = f" (or, if no git is running: rm {shlex.quote(busy[1])})" if busy[1] else ""
        return IlogError(f"another git is at work: {busy[1] or busy[2]}", hint=again + unlock, code=Code.RETRY)
    if command == "commit" and (done.returncode == 1 or _BY_HOOK in text):
        said, what = _lines(text)[-_HOOK_LINES:], "a hook refused the commit"
        if any(line[0].isspace() for line in said):  # they belong together, and are read one below the other
            return IlogError(what, excerpt=said, hint=again, code=Code.NOTHING)
        return IlogError(f"{what}: {_last_lines(text)}", hint=again, code=Code.NOTHING)
    for words, code, first in _REASONS:
        if any(word in text for word in words):
            return IlogError(f"git {command}: {_last_lines(text)}", hint=f"{first}, then: {again}", code=code)
    return gitcall.failure(command, done.stderr)


def save(paths: Sequence[str]) -> str:
    """Give the command that commits these paths, short enough to be read."""
    few = 3
    return shlex.join(["ilog", "save", *(paths if len(paths) <= few else ())])


def _last_lines(text: str) -> str:
    return " | ".join(line.strip() for line in _lines(text)[-_GIT_LINES:]) or "it gave no reason"


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]
