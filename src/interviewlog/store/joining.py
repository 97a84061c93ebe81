"""Joining our commits with those that others shared: forward if we have none, on top of theirs, or by a merge.

Either it is done, or branch, index and files are as they were.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from subprocess import CompletedProcess

from interviewlog.errors import Code, IlogError
from interviewlog.store import lock, refusals
from interviewlog.store.git import Git

# No setting of the user's may stash their changes, move other branches or leave a join half done.
_FLAGS = (
    *("-c", "core.quotePath=false"),
    *("-c", "core.fsync=added,reference"),
    *("-c", "merge.autoStash=false"),
    *("-c", "rebase.autoStash=false"),
    *("-c", "rebase.updateRefs=false"),
)
_MERGE = ("merge", "-q", "--no-stat", "--no-squash", "--commit", "--no-edit")
_IN_THE_WAY = re.compile(r"would be (?:overwritten|removed) by|You have unstaged changes|index contains uncommitted")
_AGAIN = "ilog sync"
_FEW = 5  # names in a message


@dataclass(frozen=True, slots=True)
class _Torn:
    """The files that could not be joined, and the two commits that were to be."""

    paths: tuple[str, ...]
    ours: str
    theirs: str


def branch_of(git: Git) -> str:
    """Give the current branch; raises IlogError: 78 in a bare repository or on no branch, 75 with work unfinished."""
    if git.is_bare:
        message = f"a bare repository is shared by its clones: {git.top}"
        raise IlogError(message, hint=f"ilog join {git.top}", code=Code.CONFIG)
    if word := git.in_progress():
        first = {"bisect": "git bisect reset", "cherry-pick or revert": "git status"}.get(
            word, f"git {word} --continue"
        )
        raise IlogError(f"a {word} is under way: {git.top}", hint=f"{first}, then: {_AGAIN}", code=Code.RETRY)
    branch = git.branch()
    if branch is None:
        message = f"HEAD is detached, there is no branch to share: {git.top}"
        raise IlogError(message, hint=f"git switch BRANCH, then: {_AGAIN}", code=Code.CONFIG)
    return branch


def is_within(git: Git, commit: str, of: str | None) -> bool:
    """Tell whether `of` holds a commit already."""
    return bool(of) and git.try_read("merge-base", "--is-ancestor", commit, of or "") is not None


def join(git: Git, branch: str, tracking: str, theirs: str) -> None:
    """Take `theirs` into the branch. Raises IlogError (3, 75, 78, 1), with everything as it was."""
    with lock.held(git.common_dir):
        if branch_of(git) != branch:
            message = f"the branch was switched meanwhile: {git.top}"
            raise IlogError(message, hint=_AGAIN, code=Code.RETRY)
        ours = git.head()
        if ours is None or is_within(git, ours, theirs):
            _run(git, [*_MERGE, "--ff-only", theirs], ours, theirs)
            return
        _check_common_past(git, tracking, ours, theirs)
        git.committer()
        if _can_rebase(git, ours, theirs):
            _run(git, ["rebase", "-q", "--merge", "--no-fork-point", theirs], ours, theirs)
        else:
            name = tracking.removeprefix("refs/remotes/")
            _run(git, [*_MERGE, "--no-ff", "-m", f"Merge {name} into {branch}", theirs], ours, theirs)


def _check_common_past(git: Git, tracking: str, ours: str, theirs: str) -> None:
    """Refuse when the shared branch was rewritten: what was taken out of it would come back with our commits."""
    name = tracking.removeprefix("refs/remotes/")
    past = git.try_read("merge-base", "--fork-point", tracking, ours)
    fork = past.decode().strip() if past else ""
    if fork and not is_within(git, fork, theirs):
        hint = f"git rebase --onto {name} {fork[:7]}, then: {_AGAIN}"
        raise IlogError(f"{name} was rewritten, it lacks {fork[:7]} which it had", hint=hint, code=Code.CONFLICT)
    if git.try_read("merge-base", ours, theirs) is None:
        what = f"our {ours[:7]} and {theirs[:7]} at {name} have no commit in common"
        raise IlogError(what, hint=f"git merge --allow-unrelated-histories {name}", code=Code.CONFLICT)


def _can_rebase(git: Git, ours: str, theirs: str) -> bool:
    """Tell whether our commits can be put on top of theirs: no merge, which would be flattened, and no changed file.

    A merge leaves changed files alone that it does not touch, where a rebase refuses altogether.
    """
    merges = git.read("rev-list", "-1", "--merges", f"{theirs}..{ours}")
    return not merges and not git.read("status", "--porcelain", "-uno", "--no-renames")


def _run(git: Git, command: Sequence[str], ours: str | None, theirs: str) -> None:
    """Run the command that joins; if it stops half-way, go back to where we were."""
    try:
        done = git.write(*_FLAGS, *command, check=False)
    except BaseException:
        _abort(git)
        raise
    if done.returncode:
        torn = _torn(git)
        word = _abort(git)
        if git.in_progress() or git.head() != ours:
            message = f"a {word} could not be taken back: {git.top}"
            raise IlogError(message, hint=f"git {word} --abort", kept=f"commit {ours}", code=Code.RETRY)
        raise _refused(git, command[0], done, _Torn(torn, ours or "", theirs))


def _abort(git: Git) -> str:
    """Take back what is half done, and give git's word for it."""
    word = git.in_progress() or "merge"
    if git.in_progress() in {"rebase", "merge"}:
        git.write(word, "--abort", check=False)
    return word


def _torn(git: Git) -> tuple[str, ...]:
    """List the files that both sides changed in the same place."""
    entries = _text(git.read("ls-files", "-u", "-z")).split("\0")
    return tuple(dict.fromkeys(entry.partition("\t")[2] for entry in entries if entry))


def _refused(git: Git, word: str, done: CompletedProcess[bytes], torn: _Torn) -> IlogError:
    if torn.paths:
        mend = "git pull --rebase, mend the file, git add it, git rebase --continue"
        what = f"both sides changed the same lines: {_few(torn.paths)} ({_commits(git, torn)})"
        return IlogError(what, hint=f"{mend}, then: {_AGAIN}", code=Code.CONFLICT)
    said = _text(done.stderr)
    if _IN_THE_WAY.search(said):
        names = [line.strip() for line in said.splitlines() if line.startswith(("\t", "  "))]
        what = f"changes that are not committed are in the way: {_few(names) or git.top}"
        return IlogError(what, hint=f"ilog save, or git stash, then: {_AGAIN}", code=Code.CONFLICT)
    return refusals.refusal(done, word, _AGAIN)


def _commits(git: Git, torn: _Torn) -> str:
    """Name the two commits that last changed the first of the files."""
    ours, theirs = (
        _text(git.try_read("rev-list", "-1", rev, "--", torn.paths[0]) or b"")[:7] for rev in (torn.ours, torn.theirs)
    )
    return f"here in {ours}, there in {theirs}"


def _few(names: Sequence[str]) -> str:
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    return ", ".join(names[:_FEW]) + more


def _text(output: bytes) -> str:
    return output.decode("utf-8", "surrogateescape")
