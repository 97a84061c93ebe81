"""Names of notes and customers to offer while somebody types, in the time between two keystrokes.

A folder's directories are listed, where that is soon done. Of a large folder the index is asked, as it is: what came
since is not offered, and still understood when typed.
"""

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from interviewlog.store.folder import Folder

if TYPE_CHECKING:
    from sqlite3 import Connection

MOST = 200  # of a large folder; nobody reads a longer list to its end
_Question = tuple[str, tuple[object, ...]]  # SQL, and the values to bind
_LARGE = 20 * 1024 * 1024  # bytes of an index: some five thousand notes
_CUSTOMER = re.compile(r"(.+?)-\d[\d-]*(?:\.md?)?")
_DATED = re.compile(r"(.+)-\d{4}-\d{2}-\d{2}(?:-\d+)?\.md")


def notes(folder: Folder, begun: str) -> list[str]:
    """List the paths of notes: all, or of a large folder those that begin so, by path or by name."""
    asked = _asked(folder, _note_questions(begun))
    return folder.work_tree_notes() if asked is None else asked


def customers(folder: Folder, product: str, begun: str) -> list[str]:
    """List the slugs of customers, of one product if it is named; of a large folder those that begin so."""
    within = [product] if product in folder.products() else folder.products()
    beginning = (_raw(f"{folder.root}/{product}/"), _raw(f"{folder.root}/{product}0")) if len(within) == 1 else ()
    where = " AND path >= ? AND path < ?" if beginning else ""
    question = f"SELECT DISTINCT slug FROM note INDEXED BY note_slug WHERE slug >= ? AND slug < ?{where} LIMIT {MOST}"
    asked = _asked(folder, [(question, (begun, _after(begun), *beginning))])
    if asked is not None:
        return asked
    found = (_DATED.fullmatch(name) for each in within for name in folder.names_in(each))
    return sorted({match[1] for match in found if match})


def _note_questions(begun: str) -> list[_Question]:
    """Put what was begun as a customer's name, with the beginning of a day or not, and as a path."""
    if not begun:
        return [(f"SELECT path FROM note ORDER BY date DESC LIMIT {MOST}", ())]
    questions: list[_Question] = []
    if "/" not in begun:
        span = (begun, _after(begun))
        questions.append((f"SELECT path FROM note WHERE slug >= ? AND slug < ? ORDER BY slug, date LIMIT {MOST}", span))
    if named := _CUSTOMER.fullmatch(begun):
        questions.append((f"SELECT path FROM note WHERE slug = ? ORDER BY date DESC LIMIT {MOST}", (named[1],)))
    way = (_raw(begun), _raw(_after(begun)))
    return [*questions, (f"SELECT path FROM note WHERE path >= ? AND path < ? LIMIT {MOST}", way)]


def _asked(folder: Folder, questions: list[_Question]) -> list[str] | None:
    """Ask the index of a large folder; None where the folder is not large, or the index of no use."""
    file = folder.git.common_dir / "ilog" / "index.sqlite3"
    with suppress(OSError):
        if file.stat().st_size >= _LARGE:
            return _answers(folder, questions)
    return None


def _answers(folder: Folder, questions: list[_Question]) -> list[str] | None:
    from interviewlog.store.catalogue import Catalogue, Distrusted

    with suppress(Distrusted), Catalogue(folder.git.common_dir / "ilog").opened() as db:
        return [name for question, values in questions for name in _names(db, question, values)]
    return None


def _names(db: "Connection", question: str, values: tuple[object, ...]) -> list[str]:
    from interviewlog.store.readings import text

    return [name if isinstance(name, str) else text(name) for (name,) in db.execute(question, values)]


def _raw(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _after(begun: str) -> str:
    """Give what comes after all that begins so."""
    return f"{begun}\U0010ffff"
