"""Commit exactly these paths: whatever else is staged or changed stays as it is, to the byte."""

import os
import re
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from subprocess import CompletedProcess

from interviewlog.errors import Code, IlogError
from interviewlog.store import lock, refusals
from interviewlog.store.git import Change, Git

_TRIES = 30
_PAUSE = 0.1  # seconds between two tries
_MANY = 500  # paths; more do not go on a command line
# Objects and references reach the disk before git says that it is done; the message is UTF-8.
_FLAGS = ("-c", "core.fsync=added,reference", "-c", "i18n.commitEncoding=UTF-8")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_NO_ENVIRONMENT: Mapping[str, str] = {}


def commit_paths(
    git: Git,
    paths: Sequence[str],
    message: str,
    *,
    env: Mapping[str, str] = _NO_ENVIRONMENT,
    kept: str = "",
    on_wait: Callable[[], None] | None = None,
) -> str:
    """Commit what the work tree holds at `paths` (from the top; deleted files too); give the commit's id.

    With nothing to commit that is the id of HEAD. `env` adds to git's environment, such as GIT_AUTHOR_DATE.
    If it fails, the index is as it was; `kept` says where the text is then. `on_wait` is called when another
    ilog has held the repository for two seconds.
    """
    try:
        refusals.check_has_files(git)
        with lock.held(git.common_dir, on_wait):
            return commit_paths_locked(git, paths, message, env=env)
    except IlogError as error:
        error.kept = error.kept or kept
        raise


def commit_paths_locked(
    git: Git, paths: Sequence[str], message: str, *, env: Mapping[str, str] = _NO_ENVIRONMENT
) -> str:
    """Do what `commit_paths` does, for a caller that holds ilog's lock already."""
    again = refusals.save(paths)
    refusals.check_repository(git, env, again)
    for path in paths:
        refusals.check_place(git.top, path)
    changes = _changes(git, paths)
    listed = {change.path for change in changes}
    quiet = [path for path in paths if path not in listed and os.path.lexists(git.top / path)]
    refusals.check_seen(git, quiet, again)
    if changes:
        _Commit(git, changes, message, env, again).make()
    head = git.head()
    if head is None:
        raise IlogError(f"nothing to commit: {', '.join(paths)}", hint="ilog new", code=Code.NO_NOTE)
    return head


@dataclass(frozen=True, slots=True)
class _Commit:
    git: Git
    changes: Sequence[Change]
    message: str
    env: Mapping[str, str]
    again: str

    @property
    def paths(self) -> list[str]:
        return [change.path for change in self.changes]

    def make(self) -> None:
        """Add what git does not know yet, commit, and look whether HEAD now holds what the files hold.

        Only a file that git does not know needs the `add`, so only that one is taken out again on failure:
        what was staged before, even an older text of the same note, is not touched until the commit stands.
        """
        untracked = [change.path for change in self.changes if change.is_untracked]
        try:
            if untracked:
                self._insist("add", "--pathspec-from-file=-", "--pathspec-file-nul", stdin=_exactly(untracked))
            self._commit()
        except BaseException as stop:
            if not self._is_done():
                self._unstage(untracked)
                raise
            # All is in HEAD: nothing had changed, or the disk was full when the branch had moved already.
            if not isinstance(stop, IlogError):
                raise
        self._settle()

    def _commit(self) -> None:
        with tempfile.NamedTemporaryFile() as specs:
            specs.write(_exactly(self.paths))
            specs.flush()
            only = ("--only", f"--pathspec-from-file={specs.name}", "--pathspec-file-nul")
            text = _CONTROLS.sub("", self.message).rstrip("\n").encode("utf-8", "replace") + b"\n"
            self._insist("commit", *only, "-q", "-F", "-", "--cleanup=verbatim", stdin=text)

    def _insist(self, *args: str, stdin: bytes) -> None:
        """Run git; while another git is at work, try for three seconds."""
        done = self._try(*args, stdin=stdin)
        for _ in range(_TRIES):
            if not refusals.is_busy(done):
                break
            time.sleep(_PAUSE)
            done = self._try(*args, stdin=stdin)
        if done.returncode:
            raise refusals.refusal(done, args[0], self.again)

    def _try(self, *args: str, stdin: bytes) -> CompletedProcess[bytes]:
        return self.git.write(*_FLAGS, *args, stdin=stdin, env=self.env, check=False)

    def _unstage(self, paths: Sequence[str]) -> None:
        # The reason for being here is the one to tell, not that this failed as well.
        with suppress(IlogError):
            staged = {name + b"\0" for name in self.git.read("ls-files", "-z").split(b"\0")}
            ours = [name for path in paths if (name := _bytes(path) + b"\0") in staged]
            if ours:
                self._insist("update-index", "--force-remove", "-z", "--stdin", stdin=b"".join(ours))

    def _settle(self) -> None:
        """Make sure that the commit holds what the files hold, whatever hooks and editors did meanwhile."""
        strays = [change.path for change in _changes(self.git, self.paths)]
        if late := [path for path in strays if not self._is_in_head(path)]:
            message = f"changed while it was being committed: {', '.join(late)}"
            raise IlogError(message, hint=self.again, code=Code.RETRY)
        if strays:
            # A hook put another text into the commit and the file, but git leaves our index with the old one.
            self._insist("add", "--pathspec-from-file=-", "--pathspec-file-nul", stdin=_exactly(strays))

    def _is_done(self) -> bool:
        """Tell whether HEAD holds what the files hold, although git said that it failed."""
        try:
            return all(self._is_in_head(change.path) for change in _changes(self.git, self.paths))
        except IlogError:
            return False

    def _is_in_head(self, path: str) -> bool:
        there = self.git.try_read("rev-parse", "-q", "--verify", "--end-of-options", f"HEAD:{path}")
        if not os.path.lexists(self.git.top / path):
            return there is None
        return there is not None and there == self.git.try_read("hash-object", f"--path={path}", "--", path)


def _changes(git: Git, paths: Sequence[str]) -> list[Change]:
    wanted = set(paths)
    found = git.uncommitted(*(paths if len(paths) < _MANY else ["."]))
    return [change for change in found if change.path in wanted]


def _exactly(paths: Sequence[str]) -> bytes:
    """Write pathspecs that mean these paths and no pattern, for `--pathspec-file-nul`."""
    return b"".join(b":(top,literal)" + _bytes(path) + b"\0" for path in paths)


def _bytes(path: str) -> bytes:
    return path.encode("utf-8", "surrogateescape")
