"""Why nothing came from a remote, or nothing went there: git's and ssh's words, and what to type next."""

import re
import shlex

from interviewlog import address
from interviewlog.errors import Code, IlogError
from interviewlog.store import gitcall

# The remote, or another person's push, moved between our look and our push: looking again mends it.
_RACES = (
    "fetch first",
    "non-fast-forward",
    "stale info",
    "cannot lock ref",
    "failed to update ref",
    "incorrect old value",
)
_BOILERPLATE = re.compile(
    r"Cloning into |warning: |hint: |fatal: Could not read from remote repository|Please make sure you have the correct"
    r"|and the repository exists|error: failed to push some refs"
)
_PASSWORD = re.compile(r"could not read (?:Username|Password)|Authentication failed|terminal prompts disabled")
_UNTRUSTED = re.compile(r"Host key verification failed")
_NO_KEY = re.compile(r"Permission denied \((?:publickey|password|keyboard)")
_FORBIDDEN = re.compile(r"transport '.*' not allowed")
_DISK = re.compile(r"No space left|[Qq]uota exceeded|Read-only file system|could not create (?:work tree|leading)")
_NO_REMOTE = "No remote repository specified"
_REMOTE_LINES = 4  # the last lines of what a remote says; the reason stands at the end


def refusal(verb: str, url: str, said: str, again: str) -> IlogError:
    """Turn the failure of a clone or fetch into our error; `again` is the command to repeat."""
    if _NO_REMOTE in said:
        return no_remote()
    if "dubious ownership" in said:
        return gitcall.failure(verb, said.encode())
    what = f"cannot {verb} {address.without_secret(url)}: {_reason(said)}"
    if _FORBIDDEN.search(said):
        return IlogError(what, hint="git remote set-url origin URL", code=Code.REFUSED)
    if _DISK.search(said):
        return IlogError(what, hint=f"df -h . && {again}", code=Code.IO)
    return IlogError(what, hint=_mend(url, said, again), code=Code.UNREACHABLE)


def no_remote() -> IlogError:
    """Say that there is nobody to share with."""
    hint = "git remote add origin URL, then: ilog sync"
    return IlogError("no remote repository to share with", hint=hint, code=Code.CONFIG)


def is_race(reason: str) -> bool:
    """Tell whether a push was rejected only because somebody else was faster. `reason` is from `push --porcelain`."""
    return any(words in reason for words in _RACES)


def not_taken(url: str, reason: str, said: str) -> IlogError:
    """Turn a push that was refused, or that never got there, into our error."""
    shown = address.without_secret(url)
    told = [line.partition(":")[2].strip() for line in said.splitlines() if line.startswith("remote:")]
    if "checked out" in reason:
        what = f"{shown} is somebody's work tree and takes no pushes"
        return IlogError(what, hint=f"git clone --bare {shlex.quote(url)} SHARED.git", code=Code.CONFIG)
    if reason:
        words = [reason.partition("] ")[2].strip("()"), *filter(None, told[-_REMOTE_LINES:])]
        return IlogError(f"{shown} refused the push: {' | '.join(words)}", hint="git push", code=Code.NOTHING)
    if "fatal: " not in said and "failed to push some refs" in said:
        return IlogError(f"a hook refused the push: {_reason(said)}", hint="git push", code=Code.NOTHING)
    return refusal("push to", url, said, "ilog sync")


def _mend(url: str, said: str, again: str) -> str:
    """Name the command that lets the person answer what git and ssh were kept from asking."""
    found = address.parse(url)
    user = "git@" if found and found.scheme == "ssh" and "@" in url else ""
    login = f"ssh -T {user}{found.host}" if found else ""
    if found and _UNTRUSTED.search(said):
        return f"{login} (once, to see and accept its key), then: {again}"
    if found and _NO_KEY.search(said):
        return f"{login} (does it know your key?), then: {again}"
    if _PASSWORD.search(said):
        return f"git ls-remote {address.without_secret(url)} (once, to give your password or token), then: {again}"
    return again


def _reason(said: str) -> str:
    """Find the line that matters: ssh says it before git's `fatal:`, which is the same for everything."""
    lines = [line.strip() for line in said.splitlines() if line.strip() and not _BOILERPLATE.match(line)]
    return address.without_secret(gitcall.last_words("\n".join(lines)))
