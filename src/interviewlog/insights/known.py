"""What a team says of itself, against which a text is held."""

from collections.abc import Iterable
from typing import NamedTuple

from interviewlog.config import Config
from interviewlog.person import Person


class Known(NamedTuple):
    """Whom a team talks with, and who it is.

    `emails` are the roster's, folded; `domains` our own; `names` what is ours or public though it looks like a
    person's name, such as colleagues and products.
    """

    people: tuple[Person, ...] = ()
    emails: frozenset[str] = frozenset()
    domains: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


def known_of(config: Config, people: Iterable[Person]) -> Known:
    """Give what is known of a team, from its rules and its `people.yaml`."""
    emails = frozenset(email.casefold() for pm in config.pms.values() for email in pm.emails)
    domains = tuple(domain.casefold().strip("@. ") for domain in config.own_domains)
    names = (pm.name for pm in config.pms.values())
    titles = (product.title for product in config.products.values())
    return Known(tuple(people), emails, domains, (*names, *titles, *config.own_companies))
