"""What a table is true of: the branch, the clone's knowledge of the others, and what only this clone has."""

from interviewlog.cli.gather import Gathered
from interviewlog.cli.session import Session
from interviewlog.render.terminal import Standing
from interviewlog.store import index


def of(session: Session, found: Gathered) -> Standing:
    """Gather the facts that head a table; a revision asked for by `--at` has none of a clone's."""
    git = session.folder.git
    commit = found.moment.commit or ""
    if not found.moment.is_now:
        return Standing(f"as of {found.moment.today}", commit)
    branch = git.branch()
    sharing = git.upstream_state(branch) if branch else None
    return Standing(
        branch=branch or "",
        commit=commit,
        fetched=ago(session.now() - sharing.fetched.timestamp()) if sharing and sharing.fetched else "",
        behind=sharing.behind if sharing else 0,
        unshared=index.unshared(session.folder) if sharing and sharing.ahead else 0,
        unsaved=len(found.drafts.new) + len(found.drafts.changed),
    )


def ago(seconds: float) -> str:
    """Say how long ago something was, in the largest whole unit."""
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            number = int(seconds // size)
            return f"{number} {unit}{'s' if number > 1 else ''} ago"
    return "just now"


def fetch(session: Session) -> None:
    """Fetch what others shared; raises IlogError (69) when the remote cannot be reached."""
    from interviewlog.store import repo

    repo.fetch(session.folder.git)
