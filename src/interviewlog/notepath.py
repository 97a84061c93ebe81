"""Where a note stands: `<root>/<product>/<customer>-<date>.md`, and `-2` for a second talk on one day."""

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from interviewlog.slugs import slug

_NAME = re.compile(r"(.+)-(\d{4}-\d{2}-\d{2})(?:-(\d{1,3}))?\.md", re.ASCII)


class FileName(NamedTuple):
    """What a note's file name says: the customer's slug, the day, and which talk of that day it was."""

    customer: str
    day: date
    number: int = 1

    def __str__(self) -> str:
        again = f"-{self.number}" if self.number > 1 else ""
        return f"{self.customer}-{self.day.isoformat()}{again}.md"

    @classmethod
    def read(cls, name: str) -> "FileName | None":
        """Read a file name (or a path's last part); None when it is not one of ours, as with `-1` or `-02`."""
        last = name.rpartition("/")[2]
        found = _NAME.fullmatch(last)
        try:
            read = cls(found[1], date.fromisoformat(found[2]), int(found[3] or 1)) if found else None
        except ValueError:
            return None
        return read if str(read) == last else None


def path_of(root: str, product: str, name: FileName | str) -> str:
    """Give a note's path relative to the folder's top."""
    return f"{root}/{product}/{name}"


def renamed(path: str, own: FileName, *, customer: str = "", day: date | None = None) -> FileName | str:
    """Give the file name of a note that gets another customer (a slug) or day; else the one it has.

    `own` is what it would be called by its fields, where its name says nothing.
    """
    last = path.rpartition("/")[2]
    name = FileName.read(last) or own
    wanted = FileName(customer or name.customer, day or name.day)
    is_same = (name.customer, name.day) == (wanted.customer, wanted.day) and FileName.read(last)
    return last if is_same or not (customer or day) else wanted


def way(old: str, new: str) -> str:
    """Say where a note went from and to, by the ends of its paths; with its products where those differ."""
    parts = 1 if old.rpartition("/")[0] == new.rpartition("/")[0] else 2
    return " to ".join("/".join(path.removesuffix(".md").split("/")[-parts:]) for path in (old, new))


def taken(names: Iterable[str], wanted: FileName | str) -> str:
    """Find the existing name that `wanted` would collide with on any file system; "" when it is free."""
    folded = str(wanted).casefold()
    # Folding keeps the length of ASCII; a product may have 25,000 names, and folding them all takes 4 ms.
    alike = (name for name in names if len(name) == len(folded) or not name.isascii())
    return next((name for name in alike if name.casefold() == folded), "")


def next_free(names: Iterable[str], wanted: FileName) -> FileName:
    """Give the next name for a further talk with the same customer on the same day."""
    folded = {name.casefold() for name in names}
    number = 2
    while str(FileName(wanted.customer, wanted.day, number)).casefold() in folded:
        number += 1
    return FileName(wanted.customer, wanted.day, number)


def of_customer(names: Iterable[str], customer: str) -> list[FileName]:
    """Give the names of a customer's notes (by spelling or slug), the latest last."""
    wanted = slug(customer)
    found = [FileName.read(name) for name in names if name.startswith(wanted)]
    theirs = [name for name in found if name and name.customer == wanted]
    return sorted(theirs, key=lambda each: (each.day, each.number))
