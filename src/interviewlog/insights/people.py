"""Who is who: roster handles, e-mails, and the authors that git knows, folded into persons."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from interviewlog.config import Config, Pm

UNKNOWN = "unknown"


class Person(NamedTuple):
    """One row of a table. `pm` is the roster handle, else the e-mail, else what the note says."""

    pm: str
    name: str
    email: str | None = None
    on_roster: bool = False


NOBODY = Person(UNKNOWN, UNKNOWN)


@dataclass(frozen=True, slots=True)
class People:
    """Finds persons. `aliases` maps an e-mail to the (name, e-mail) that the mailmap gives for it.

    `spellings` maps e-mails without regard to case to the one spelling shown: nobody is two rows for a capital.
    """

    config: Config
    aliases: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    spellings: Mapping[str, str] = field(default_factory=dict)
    _found: dict[str, Person] = field(default_factory=dict, compare=False, repr=False)

    def named(self, word: str) -> Person:
        """Find the person that a note's `pm`, `observers` or a flag names.

        A roster handle or e-mail is that PM, also through the mailmap; another e-mail is a person of its own;
        any other word is an unknown handle without an e-mail.
        """
        if word not in self._found:  # thousands of notes name a few dozen people
            self._found[word] = self._find(word)
        return self._found[word]

    def _find(self, word: str) -> Person:
        pm = self.config.pm_of(word)
        if pm:
            return of_roster(pm)
        if "@" not in word:
            return Person(word, word)
        name, email = self.aliases.get(word.casefold(), ("", word))
        pm = self.config.pm_of(email)
        shown = self.spellings.get(word.casefold(), word)
        return of_roster(pm) if pm else Person(shown, name or shown, shown)

    def any_of(self, words: Iterable[str]) -> Callable[[tuple[str, ...]], bool]:
        """Give what tells of a note's `pm` line whether it names one of the persons that `words` name."""
        asked = {self.named(word).pm for word in words}
        return lambda named: any(self.named(word).pm in asked for word in named)

    def author(self, name: str, email: str) -> Person:
        """Find the person behind a commit's mailmapped author; people are told apart by e-mail, not by name."""
        key = f"{name}\0{email}"  # no word of a note holds a NUL
        if key not in self._found:
            self._found[key] = self._author(name, email)
        return self._found[key]

    def _author(self, name: str, email: str) -> Person:
        pm = self.config.pm_of(email) if email else None
        if pm:
            return of_roster(pm)
        shown = self.spellings.get(email.casefold(), email)
        if not shown:  # a name alone is nobody's handle, however it is spelt
            return Person(f"{name} <>", name) if name else NOBODY
        return Person(shown, name or shown, shown)


def of_roster(pm: Pm) -> Person:
    """Give the person of a roster entry."""
    return Person(pm.handle, pm.name, pm.emails[0] if pm.emails else None, on_roster=True)


def first_name(name: str) -> str:
    """Give the name people are called by: the first word of it."""
    return name.split(maxsplit=1)[0] if name.split() else name
