"""Sharing: take over what others wrote, put ours on top of it, send it. Nothing is forced, stashed or reset.

What was committed here stands whatever happens; if joining fails, branch, index and files are as they were before.
"""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from interviewlog.errors import Code, IlogError
from interviewlog.store import joining, unreachable
from interviewlog.store.git import Git
from interviewlog.store.remotecall import Tell

# The longest each wait may be, in seconds: after about five seconds of waiting, sharing gives up.
_WAITS = (0.1, 0.2, 0.4, 0.8, 1.6, 2.0, 2.0, 2.0)
_UPSTREAM = "--format=%(upstream)%00%(upstream:remotename)%00%(upstream:remoteref)"


@dataclass(frozen=True, slots=True)
class Shared:
    """What was exchanged with `upstream`: paths of the files that our commits, and those of others, changed."""

    upstream: str
    sent: tuple[str, ...] = ()
    received: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a branch is shared: a remote, the branch there, and this clone's mark of what was last seen of it."""

    branch: str
    remote: str
    ref: str
    tracking: str
    is_followed: bool = True

    @property
    def name(self) -> str:
        return self.tracking.removeprefix("refs/remotes/")


def share(git: Git, tell: Tell | None = None, *, wait: Callable[[float], None] = time.sleep) -> Shared:
    """Fetch, join and push; again, a few times, when others push at the same moment.

    Raises IlogError: 78 on no branch or without a remote, 75 while a merge or rebase is under way and when others
    keep being faster, 69 when the remote cannot be reached, 3 when both sides changed the same lines or uncommitted
    changes are in the way, 1 when a hook refuses.
    """
    place = place_of(git)
    received: dict[str, None] = {}
    with _kept(git, place):
        for longest in _WAITS:
            theirs = _take(git, place, received, tell)
            since = (f"{theirs}..HEAD",) if theirs else ("HEAD", "--not", f"--remotes={place.remote}")
            sent = _changed(git, *since) if git.head() else ()
            if _send(git, place, theirs, tell):
                return Shared(place.name, sent, tuple(received))
            wait(random.uniform(0, longest))  # noqa: S311 - so that those who collided do not collide again
        raise IlogError(f"others kept sharing to {place.name} just now", hint="ilog sync", code=Code.RETRY)


def place_of(git: Git) -> Place:
    """Find where the current branch is shared; raises IlogError (78, 75) when it cannot be."""
    branch = joining.branch_of(git)
    found = _text(git.read("for-each-ref", _UPSTREAM, f"refs/heads/{branch}"))
    tracking, remote, ref = found.split("\0") if "\0" in found else ("", "", "")
    if not tracking and git.head() is None:  # before the first commit, as in the clone of an empty repository
        remote, ref = (_text(git.try_read("config", "--get", f"branch.{branch}.{key}")) for key in ("remote", "merge"))
        tracking = f"refs/remotes/{remote}/{ref.removeprefix('refs/heads/')}" if remote and ref else ""
    if not tracking:
        return _first_place(git, branch)
    if remote == ".":
        hint = f"git branch --set-upstream-to=origin/{branch}, then: ilog sync"
        raise IlogError(f"{branch} follows a branch of this repository, not a shared one", hint=hint, code=Code.CONFIG)
    return Place(branch, remote, ref, tracking)


def _first_place(git: Git, branch: str) -> Place:
    remotes = _text(git.read("remote")).split()
    if not remotes:
        raise unreachable.no_remote()
    if remotes != ["origin"]:
        hint = f"git push -u {remotes[0]} {branch}, then: ilog sync"
        raise IlogError(f"{branch} is not shared yet, and not clear where", hint=hint, code=Code.CONFIG)
    return Place(branch, "origin", f"refs/heads/{branch}", f"refs/remotes/origin/{branch}", is_followed=False)


def _take(git: Git, place: Place, received: dict[str, None], tell: Tell | None) -> str:
    """Fetch and take over what others sent; give the commit at which the shared branch is, "" when there is none."""
    from interviewlog.store import repo

    repo.fetch(git, tell, place.remote)
    theirs, ours = git.resolve(place.tracking), git.head()
    if not theirs or joining.is_within(git, theirs, ours):
        return theirs or ""
    if not place.is_followed:
        first = f"git branch --set-upstream-to={place.name}" if ours else f"git pull origin {place.branch}"
        message = f"{place.branch} does not follow {place.name}, which has commits of its own"
        raise IlogError(message, hint=f"{first}, then: ilog sync", code=Code.CONFIG)
    new = _changed(git, f"{ours}..{theirs}" if ours else theirs)
    joining.join(git, place.branch, place.tracking, theirs)
    received |= dict.fromkeys(new)
    return theirs


def _send(git: Git, place: Place, theirs: str, tell: Tell | None) -> bool:
    """Push what is ours; False when somebody else was faster."""
    from interviewlog.store import repo

    ours = git.head()
    if ours is None or (place.is_followed and ours == theirs):
        return True
    refspec = f"refs/heads/{place.branch}:{place.ref}"
    return repo.push(git, place.remote, refspec, tell, follow=not place.is_followed)


def _changed(git: Git, *revs: str) -> tuple[str, ...]:
    """List the files that commits changed, each once; a renamed one by its new name."""
    names = _text(git.read("log", "--format=", "--name-only", "-z", "-M", *revs, "--"))
    return tuple(dict.fromkeys(name for name in names.split("\0") if name))


@contextmanager
def _kept(git: Git, place: Place) -> Iterator[None]:
    """Say in every error where the commits are that nobody else has yet."""
    try:
        yield
    except IlogError as error:
        ours = f"^{place.tracking}" if git.resolve(place.tracking) else f"--not --remotes={place.remote}"
        count = int(git.try_read("rev-list", "--count", "HEAD", *ours.split()) or 0)
        if count and not error.kept:
            error.kept = f"{count} commit{'s' if count > 1 else ''} of yours on {place.branch}, in {git.top}"
        raise


def _text(output: bytes | None) -> str:
    return (output or b"").decode("utf-8", "surrogateescape").strip()
