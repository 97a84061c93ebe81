"""Whole repositories: making, cloning, fetching, pushing. The only file that imports GitPython.

GitPython reads git's progress; `remotecall` starts git, for GitPython's own way lays variables over ours and so cannot
take GIT_DIR away, and its clone rewrites `.git/config`. Importing it costs 70 ms: import this where it is needed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from git import RemoteProgress

from interviewlog import address
from interviewlog.errors import Code, IlogError
from interviewlog.store import gitcall, remotecall, unreachable
from interviewlog.store.git import Git
from interviewlog.store.remotecall import PATIENCE, Tell

_STAGES = {
    RemoteProgress.COUNTING: "counting",
    RemoteProgress.COMPRESSING: "packing",
    RemoteProgress.RECEIVING: "receiving",
    RemoteProgress.RESOLVING: "unpacking",
    RemoteProgress.WRITING: "sending",
}


def init(path: Path) -> Git:
    """Make a repository at `path`, on the branch that the user's git is set to, else `main`."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"cannot create {path}: {error.strerror}"
        raise IlogError(message, hint=f"ls -ld {path.parent}", code=Code.EXISTS) from None
    chosen = gitcall.read(path, ("config", "--get", "init.defaultBranch")).stdout
    done = gitcall.write(path, (*(() if chosen else ("-c", "init.defaultBranch=main")), "init", "-q"))
    made = None if done.returncode else Git.open(path)
    if not made:
        raise gitcall.failure("init", done.stderr)
    return made


def clone(url: str, path: Path, start: Path, tell: Tell | None = None, *, patience: float = PATIENCE) -> Git:
    """Clone `url` (a path is taken from `start`) into `path`, which must not exist or be empty.

    Raises IlogError: 69 when it cannot be reached, 77 for an address that is none. What is half made is removed.
    """
    address.check(url)
    arguments = ("clone", "--progress", "--no-recurse-submodules", "--", url, str(path))
    done = _run(start, arguments, tell, patience)
    made = None if done.code else Git.open(path)
    if not made:
        raise unreachable.refusal("clone", url, done.said, f"ilog join {address.without_secret(url)}")
    _take_the_only_branch(made)
    return made


def _take_the_only_branch(git: Git) -> None:
    """Check out the remote's branch where its HEAD names one that was never pushed, as a bare `git init` leaves it."""
    if git.head():
        return
    listed = git.read("for-each-ref", "--format=%(refname:strip=3)", "refs/remotes/origin").decode().split()
    branches = [name for name in listed if name != "HEAD"]
    if len(branches) == 1 or "main" in branches:
        branch = "main" if "main" in branches else branches[0]
        git.write("checkout", "-q", "-B", branch, "--track", f"origin/{branch}")


def fetch(git: Git, tell: Tell | None = None, remote: str = "", *, patience: float = PATIENCE) -> None:
    """Fetch from `remote`, else from where the branch follows; raises IlogError (78) without one, (69) out of reach."""
    if not remote and not git.read("remote"):
        raise unreachable.no_remote()  # git itself would be content
    named = ("--end-of-options", remote) if remote else ()
    done = _run(git.top, ("fetch", "--progress", *named), tell, patience)
    if done.code:
        raise unreachable.refusal("fetch", url_of(git, remote or "origin"), done.said, "ilog sync")


def push(
    git: Git,
    remote: str,
    refspec: str,
    tell: Tell | None = None,
    *,
    follow: bool = False,
    patience: float = PATIENCE,
) -> bool:
    """Push, never by force; False if somebody else was faster. `follow` makes the branch follow what it made.

    Raises IlogError: 69 when the remote cannot be reached, 1 when a hook refuses, 78 when it takes no pushes.
    """
    options = ("--porcelain", "--progress", *(("--set-upstream",) if follow else ()))
    done = _run(git.top, ("push", *options, "--end-of-options", remote, refspec), tell, patience)
    if not done.code:
        return True
    reason = next((line.rpartition("\t")[2] for line in done.answer.splitlines() if line.startswith("!\t")), "")
    if unreachable.is_race(reason):
        return False
    raise unreachable.not_taken(url_of(git, remote), reason, done.said)


def url_of(git: Git, remote: str) -> str:
    """Give a remote's address as git would use it; "" when there is no such remote."""
    return (git.try_read("remote", "get-url", "--", remote) or b"").decode("utf-8", "replace").strip()


@dataclass(frozen=True, slots=True)
class _Spoken:
    """How a call of git ended: its exit code, its stdout, and of its stderr what is no progress."""

    code: int
    answer: str
    said: str


class _Progress(RemoteProgress):
    """Turns git's progress into words and a part of the whole, for whoever draws it."""

    def __init__(self, tell: Tell | None) -> None:
        super().__init__()
        self._tell = tell

    def update(
        self, op_code: int, cur_count: str | float, max_count: str | float | None = None, message: str = ""
    ) -> None:
        del message
        words = _STAGES.get(op_code & self.OP_MASK)
        if self._tell and words and max_count:
            self._tell(words, float(cur_count) / float(max_count))


def _run(where: Path, args: Sequence[str], tell: Tell | None, patience: float) -> _Spoken:
    progress = _Progress(tell)
    code, answer = remotecall.run(where, args, progress.new_message_handler(), patience)
    return _Spoken(code, answer, "\n".join([*progress.other_lines, *progress.error_lines]))
