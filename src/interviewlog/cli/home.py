"""What a person's own file remembers: the folder that commands use when called from elsewhere, and the editor."""

from pathlib import Path

from interviewlog.cli.session import Session
from interviewlog.errors import IlogError
from interviewlog.store import personal


def keep(session: Session, top: Path, *, only_if_none: bool = False) -> bool:
    """Remember the folder, unless `only_if_none` and another one is; tells whether commands find it from anywhere."""
    environ = {name: value for name, value in session.environ.items() if name != "ILOG_REPO"}
    before = personal.read(environ).repo
    is_kept = bool(before) and Path(before).is_dir()
    if not (is_kept and only_if_none) and not _is_same(before, top):
        remember(session, "repo", str(top))
    now = personal.read(session.environ).repo
    if now and not _is_same(now, top):
        session.say(f"called from elsewhere, ilog still uses {now}")
    return _is_same(now, top)


def remember(session: Session, key: str, value: str) -> None:
    """Set a key of the personal file; that it cannot be written is told, and hinders nothing."""
    try:
        file = personal.remember(key, value, session.environ)
        session.say(f"remembered in {file}: {key}: {value}")
    except IlogError as error:
        session.warn(f"not remembered, {key}: {value}: {error.message}", f"next: {error.hint}")


def _is_same(named: str, top: Path) -> bool:
    return bool(named) and Path(named).resolve() == top.resolve()
