"""Who was taken for whom: the names and addresses behind each person, and persons who look like one.

Nobody is folded by likeness: that is for the team to say, with the line that stands beside each pair.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from interviewlog.config import Config
from interviewlog.insights.notices import listed, roster_line
from interviewlog.insights.people import UNKNOWN, People, Person, first_name
from interviewlog.nearest import nearest

Author = tuple[str, str]

_NOBODYS = frozenset(
    {"admin", "bot", "ci", "contact", "git", "hello", "hi", "info", "mail", "me", "noreply", "no-reply", "office", "pm"}
    | {"product", "root", "sales", "support", "team", "user"}
)
_SHORTEST = 2
_UNQUOTABLE = re.compile(r"[<>#\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Trace:
    """A name as it stands in git (`is_author`) or in notes, and by what it was folded into a person.

    `how` is "roster", "mailmap" or "case"; "" for the person's own spelling.
    """

    text: str
    email: str
    how: str
    is_author: bool


@dataclass(frozen=True, slots=True)
class Identity:
    """A person and every trace of them."""

    person: Person
    traces: tuple[Trace, ...]


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Two persons who may be one, and why. Each mend alone folds `other` into `one`.

    `mailmap` are lines for `.mailmap`; `roster` is a line of `pms:` in `ilog.yaml`, or the `emails:` of a PM who
    has one; `notes` is what to write in notes. () or "" where that would not do.
    """

    one: Person
    other: Person
    why: str
    mailmap: tuple[str, ...] = ()
    roster: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Identities:
    """The whole answer of `ilog stats --show-identities`, by name."""

    people: tuple[Identity, ...]
    look_alikes: tuple[LookAlike, ...]


def identities(authors: Mapping[Author, Author], words: Iterable[str], people: People) -> Identities:
    """Find who is behind each name: `authors` maps git's own to what the mailmap makes of them, `words` are notes'."""
    found = _Traces(people)
    for raw, meant in authors.items():
        found.take_author(raw, meant)
    for word in words:
        found.take_word(word)
    known = sorted(found.identities(), key=lambda each: (each.person.name.casefold(), each.person.pm))
    return Identities(tuple(known), tuple(_look_alikes(known, people.config)))


class _Traces:
    """The traces of each person, in the making; the whole roster is there from the start."""

    def __init__(self, people: People) -> None:
        self._people = people
        roster = (people.named(handle) for handle in people.config.pms)
        self._persons = {person.pm.casefold(): person for person in roster}
        self._traces: dict[str, dict[Trace, None]] = {}

    def take_author(self, raw: Author, meant: Author) -> None:
        name, email = raw
        text = f"{name} <{email}>" if email else name
        person = self._people.author(*meant)
        how = "mailmap" if email.casefold() != meant[1].casefold() else _how(email, person)
        self._note(person, Trace(text, email, how, is_author=True))

    def take_word(self, word: str) -> None:
        person = self._people.named(word)
        is_address = "@" in word
        how = _how(word, person) if is_address or word != person.pm else ""
        if how == "roster" and not self._people.config.pm_of(word):
            how = "mailmap"
        self._note(person, Trace(word, word if is_address else "", how, is_author=False))

    def _note(self, person: Person, trace: Trace) -> None:
        key = person.pm.casefold()
        if person.pm == UNKNOWN:
            return
        known = self._persons.setdefault(key, person)
        if known.name == known.pm != person.name:  # a note has only the address, git the name as well
            self._persons[key] = known._replace(name=person.name)
        self._traces.setdefault(key, {})[trace] = None

    def identities(self) -> list[Identity]:
        return [
            Identity(person, tuple(sorted(self._traces.get(key, ()), key=lambda each: (not each.is_author, each.text))))
            for key, person in self._persons.items()
        ]


def _how(word: str, person: Person) -> str:
    """Say how a handle or an address came to mean a person whose first address, or handle, it may be."""
    own = [word_ for word_ in (person.email, person.pm) if word_]
    if word in own:
        return ""
    return "case" if word.casefold() in (each.casefold() for each in own) else "roster"


def _look_alikes(known: Sequence[Identity], config: Config) -> Iterator[LookAlike]:
    """Give each pair that shares a sign, once; two of the roster were told apart by whoever wrote it."""
    by_sign: dict[str, list[tuple[Identity, list[str]]]] = {}
    # Whom another would be folded into comes first: the roster's PM, then who has an address.
    for each in sorted(known, key=lambda each: (not each.person.on_roster, each.person.email is None)):
        for sign, kinds in _signs(each, config).items():
            by_sign.setdefault(sign, []).append((each, kinds))
    found: dict[tuple[str, str], LookAlike] = {}
    for those in by_sign.values():
        into = [one for one in those if one[0].person.on_roster] or those[:1]
        for one, other in ((one, other) for one in into for other in those[len(into) :]):
            pair = (one[0].person.pm, other[0].person.pm)
            if pair not in found:
                found[pair] = _mended(one[0], other[0], _why(one[1], other[1]), config)
    yield from (found[pair] for pair in sorted(found))


def _signs(each: Identity, config: Config) -> dict[str, list[str]]:
    """Give what a person can be known by, folded, and which kinds of name that is."""
    person = each.person
    traced = [trace.text.rpartition(" <")[0] for trace in each.traces if trace.is_author]
    names = [name for name in (person.name, *traced) if name and "@" not in name]
    handle = person.pm if "@" not in person.pm and not person.pm.endswith("<>") else ""
    addresses = {person.email or "", *(trace.email for trace in each.traces)}
    if person.on_roster:
        addresses.update(config.pms[person.pm].emails)
    signs = [(name, "name") for name in names] + [(handle, "handle")]
    signs += [(part, "name before the @") for part in map(_local_part, sorted(addresses)) if part not in _NOBODYS]
    signs += [(first_name(name), "first name") for name in names if person.on_roster]
    if handle and not person.on_roster:
        signs.append((nearest(handle.casefold(), [known.casefold() for known in config.pms]), "near"))
    found: dict[str, list[str]] = {}
    for text, kind in signs:
        if len(_folded(text)) >= _SHORTEST:
            found.setdefault(_folded(text), []).append(kind)
    return found


def _why(kinds: Sequence[str], others: Sequence[str]) -> str:
    if others[0] == "near":
        return "nearly the same handle"
    same = next((kind for kind in kinds if kind in others), "")
    return f"the same {same}" if same else f"the {kinds[0]} of one is the {others[0]} of the other"


def _folded(name: str) -> str:
    """Give a name without case, accents, spaces and points: `José Díaz` and `jose.diaz` are alike."""
    bare = (sign for sign in unicodedata.normalize("NFKD", name.casefold()) if sign.isalnum())
    return "".join(bare)


def _local_part(address: str) -> str:
    """Give what stands before the @, without a tag; of GitHub's hidden addresses, the user's name there."""
    local, _, domain = address.casefold().partition("@")
    number, plus, name = local.partition("+")
    return name if plus and domain.endswith("noreply.github.com") else number


def _mended(one: Identity, other: Identity, why: str, config: Config) -> LookAlike:
    """Find the lines that make one person of two."""
    into, folded = one.person, other.person
    addresses = _addresses(other)
    # Off the roster, an address in a note stands for itself, whatever the mailmap makes of authors.
    is_mapped = into.on_roster or all(trace.is_author for trace in other.traces)
    mailmap = tuple(_mailmap_line(into, address) for address in addresses if into.email and is_mapped)
    if into.on_roster:
        roster = f"emails: {listed([*config.pms[into.pm].emails, *addresses])}" if addresses else ""
    else:
        roster = _new_line(one, other, config)
    is_handle = folded.email is None and not folded.pm.endswith("<>")
    return LookAlike(into, folded, why, mailmap, roster, f"pm: {into.pm}" if is_handle else "")


def _addresses(each: Identity) -> list[str]:
    """Give every address of a person: the mailmap does not follow one line to another, so each needs its own."""
    found = {trace.email.casefold(): trace.email for trace in each.traces if trace.email}
    if each.person.email:
        found.setdefault(each.person.email.casefold(), each.person.email)
    return list(found.values())


def _new_line(one: Identity, other: Identity, config: Config) -> str:
    """Give the roster line for two persons that are both not on it; "" where not even one has an address."""
    emails = [*_addresses(one), *_addresses(other)]
    handles = [pm for pm in (one.person.pm, other.person.pm) if "@" not in pm and "<" not in pm]
    return roster_line(handles[0] if handles else "", one.person.name, emails, config) if emails else ""


def _mailmap_line(into: Person, address: str) -> str:
    """Give git's line that makes an address another person's: `Zoe Ray <zoe@example.com> <zr@laptop.local>`."""
    name = "" if "@" in into.name or _UNQUOTABLE.search(into.name) else f"{into.name} "
    return f"{name}<{into.email}> <{address}>"
