"""What a reader of figures must know about them; each has a code that scripts can rely on."""

from collections.abc import Iterable
from dataclasses import dataclass

from interviewlog.config import Config
from interviewlog.insights.people import UNKNOWN, Person
from interviewlog.slugs import slug


@dataclass(frozen=True, slots=True)
class Notice:
    """A code and a sentence."""

    code: str
    message: str


def about_strangers(strangers: Iterable[Person], config: Config) -> list[Notice]:
    """Say who is not on the roster, with the line that would put them there."""
    return [
        Notice("unknown-person", f"{person.pm} is not on the roster; add to pms: in ilog.yaml: {_line(person, config)}")
        for person in strangers
        if person.pm != UNKNOWN
    ]


def _line(person: Person, config: Config) -> str:
    name = person.name.replace("\\", "").replace('"', "'")
    if person.email is None:
        return f'{person.pm}: {{name: "{name}"}}'
    return f'{_free_handle(person.email, config)}: {{name: "{name}", emails: [{person.email}]}}'


def _free_handle(email: str, config: Config) -> str:
    """Make a handle from an e-mail's local part that nobody on the roster has."""
    first = slug(email.partition("@")[0].partition("+")[0]) or "pm"
    taken = config.pms
    return next(name for name in [first, *(f"{first}-{n}" for n in range(2, 1000))] if name not in taken)
