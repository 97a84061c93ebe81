"""Names that are free for a note: nothing stands there, neither in the directory nor in the last commit."""

from collections.abc import Collection, Iterable

from interviewlog.cli.session import Session
from interviewlog.notepath import FileName, next_free, path_of, taken
from interviewlog.store import index


def clash(session: Session, product: str, names: Iterable[str], wanted: FileName | str) -> str:
    """Give the name that `wanted` would collide with, "" for none.

    It is looked for among `names`, without regard to case, and at HEAD: a note deleted here may live elsewhere.
    """
    is_at_head = index.committed(session.folder, [path_of(session.folder.root, product, wanted)])
    return taken(names, wanted) or (str(wanted) if is_at_head else "")


def free(session: Session, product: str, names: Collection[str], wanted: FileName) -> FileName:
    """Give the first name of that customer and day that nothing stands at."""
    known, name = list(names), wanted
    while clash(session, product, known, name):
        known.append(str(name))
        name = next_free(known, name)
    return name
