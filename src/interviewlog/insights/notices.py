"""What a reader of figures must know about them; each has a code that scripts can rely on, and its mend."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from interviewlog.config import FILE_NAME, Config
from interviewlog.insights.people import UNKNOWN, Person
from interviewlog.slugs import slug

CLOCK_SLACK = timedelta(days=2)  # between a clock that is right and an author on the other side of the date line
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*@[A-Za-z0-9.-]+")


class Notice(NamedTuple):
    """A code and a sentence."""

    code: str
    message: str


def about_settings(warnings: Iterable[str]) -> list[Notice]:
    """Say what the settings hold that ilog does not understand."""
    return [Notice("config", text) for text in warnings]


def uncommitted_settings() -> Notice:
    """Say that others count by other rules."""
    what = f"{FILE_NAME} differs from the committed one, and these figures follow it: git commit {FILE_NAME}"
    return Notice("config-uncommitted", what)


def uncommitted_mailmap() -> Notice:
    """Say that others take these addresses for other people."""
    what = ".mailmap differs from the committed one, and who is credited here follows it: git commit .mailmap"
    return Notice("mailmap-uncommitted", what)


def shallow() -> Notice:
    """Say what a clone without its older history cannot know."""
    what = "the clone's history is cut off, so who introduced older notes is not known: git fetch --unshallow"
    return Notice("shallow", what)


def partial_clone(missing: int = 0, remote: str = "origin") -> Notice:
    """Say that a clone fetches contents only when asked: ilog, which never fetches behind one's back, cannot read them.

    `missing` is how many notes that concerns, 0 where it is not known.
    """
    what = "this is a partial clone, and notes that were never fetched are not counted"
    if missing:
        notes = "1 note was" if missing == 1 else f"{missing} notes were"
        what = f"{notes} never fetched into this partial clone, and are not counted"
    return Notice("partial-clone", f"{what}: git fetch --refetch --no-filter {remote}")


def replaced_refs(number: int) -> Notice:
    """Say that git shows another history here than it keeps."""
    which = "1 object" if number == 1 else f"{number} objects"
    what = f"git replace swaps {which} in this clone only; ilog reads the history that everybody has"
    return Notice("replaced-refs", f"{what}: git replace -l")


def submodule(path: str) -> Notice:
    """Say that notes lie in another repository, linked into this one."""
    what = f"{path} is a submodule: its notes are another repository's and are not counted here"
    return Notice("submodule", f"{what}: ilog stats --repo {path}")


def linked_mailmap() -> Notice:
    """Say that git does not follow a link in the place of .mailmap."""
    what = "git does not follow the link .mailmap, so addresses are not folded: put the file itself in its place"
    return Notice("mailmap-symlink", what)


def about_clocks(today: date, committed: date | None, noted: date | None) -> list[Notice]:
    """Say that days cannot be right: the latest of a commit and of a note lie in the future of this machine."""
    asked = (("commit", committed), ("note", noted))
    return [
        Notice("future-clock", f"the latest {what} is of {day}, and today is {today} here, so one clock is wrong: date")
        for what, day in asked
        if day and day > today + CLOCK_SLACK
    ]


def about_strangers(strangers: Iterable[Person], config: Config) -> list[Notice]:
    """Say who is not on the roster, with the line that would put them there."""
    return [
        Notice("unknown-person", f"{person.pm} is not on the roster; add to pms: in ilog.yaml: {_line(person, config)}")
        for person in strangers
        if person.pm != UNKNOWN
    ]


def _line(person: Person, config: Config) -> str:
    if person.email is None:
        return roster_line(person.pm, person.name, [], config)
    return roster_line("", person.name, [person.email], config)


def roster_line(handle: str, name: str, emails: list[str], config: Config) -> str:
    """Write a line for `pms:`; without a handle, one is made from the first e-mail that nobody has."""
    quoted = f'"{name.replace(chr(92), "").replace(chr(34), chr(39))}"'
    known = f", emails: {listed(emails)}" if emails else ""
    return f"{handle or _free_handle(emails[0], config)}: {{name: {quoted}{known}}}"


def listed(emails: Iterable[str]) -> str:
    """Write a YAML list of e-mails, quoted where they would mean something else."""
    return f"[{', '.join(email if _PLAIN.fullmatch(email) else _escaped(email) for email in emails)}]"


def _escaped(text: str) -> str:
    import json  # what JSON quotes YAML reads; an address of such letters is rare

    return json.dumps(text, ensure_ascii=False)


def _free_handle(email: str, config: Config) -> str:
    """Make a handle from an e-mail's local part that nobody on the roster has."""
    first = slug(email.partition("@")[0].partition("+")[0]) or "pm"
    taken = config.pms
    return next(name for name in [first, *(f"{first}-{n}" for n in range(2, 1000))] if name not in taken)
