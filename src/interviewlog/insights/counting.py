"""The counting rule, all of it: which note counts, for whom and in which week, and why another does not.

RULE says it in words, for `ilog stats --explain`; `judge` applies it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from interviewlog.card import Card, Stack, Twin
from interviewlog.config import Config
from interviewlog.insights.people import NOBODY, People, Person
from interviewlog.problem import Problem, product_of
from interviewlog.slugs import slug, stem
from interviewlog.weeks import Week

RULE = """\
How ilog counts

What exists   Notes at HEAD (or at --at REV), as git has them. A note that is not committed is shown, not counted.
Week          The ISO week, Monday to Sunday, of the note's date.
Person        The note's pm, looked up on the roster in ilog.yaml. An e-mail that is not on the roster stands for
              itself. Without a pm, the author (by .mailmap) of the commit that brought the note in; for notes
              that came in with a commit listed under imports, nobody.
Counted       Type learning, win-loss or site-visit; heard at first hand; not from our own company; not empty;
              not the same conversation twice.
Not empty     One observation, or two list items, or 120 characters of one's own words. Headings, comments and
              template text are nobody's words. A stub (consent declined or withdrawn) was a conversation: it counts.
Twice         Same product, customer and date as an earlier note, and the same participants or nearly the same
              words. The one that came first counts.
Credit        The first PM named is credited. A second one is shown as paired (0+1); it meets the goal for them
              in their first four weeks on the roster, or where ilog.yaml says goal.paired: counts.
Goal          Met by the number of interviews; minutes stand beside it. It holds in weeks that lie whole within a
              PM's from and until and are not away weeks. The running week can extend a streak and never breaks it.

A note that does not count has one reason, the first of these that applies:
  uncommitted     not in git yet
  invalid         cannot be read
  sales           a sales call: work of its own kind
  support-listen  listening in on support: work of its own kind
  second-hand     heard through somebody else: welcome, and shown apart
  own-company     colleagues are not customers
  empty           nothing written down yet
  duplicate       the same conversation as an earlier note

--basis commits is the audit view. It reads nothing but git: every note that history ever brought in, credited to
the author (by .mailmap) of the commit that brought it in, in the ISO week of its author date at the author's own
offset. Renames are followed, edits are not counted, a note deleted and added again is the same note, merges count
only notes that were born in them. Deleted notes count, unless --existing.
"""

REASONS = ("uncommitted", "invalid", "sales", "support-listen", "second-hand", "own-company", "empty", "duplicate")
OWN_KINDS = frozenset({"sales", "support-listen", "second-hand"})
LATE_DAYS = 7
Filed = Card | Problem
IsSame = Callable[[str, str], bool]


class Introduction(NamedTuple):
    """How a note came into history. `order` sorts introductions; `day` is the author's, at their own offset.

    `is_known` is False at the horizon of a shallow clone, whose commits seem to have brought in all that is older.
    """

    commit: str
    name: str
    email: str
    day: date
    order: int
    is_known: bool = True


class Verdict(NamedTuple):
    """What the rule says of one note. `reason` is "" when it counts; `week` is None when no date can be read.

    `lag` is in days from the conversation to the commit, None when imported or not committed; `day` is the
    commit's own day, in the audit view only.
    """

    path: str
    person: Person
    week: Week | None
    reason: str = ""
    mend: str = ""
    note: Card | None = None
    second: Person | None = None
    observers: tuple[Person, ...] = ()
    lag: int | None = None
    day: date | None = None

    @property
    def is_counted(self) -> bool:
        return not self.reason


class Bundle(NamedTuple):
    """Counted interviews of one lead, taken together: what the weeks before a table's first need."""

    person: Person
    weeks: Mapping[Week, int]
    last: date
    second: Person | None = None


def bundled(stack: Stack, author: tuple[str, str] | None, people: People) -> Bundle:
    """Credit a stack of notes, which nothing in them or beside them keeps from counting.

    `author` is that of the stack, by the mailmap.
    """
    named = [people.named(word) for word in stack.pm]
    lead = named[0] if named else people.author(*author) if author else NOBODY
    return Bundle(lead, stack.weeks, stack.last, second_of(named))


def repeated(twins: Iterable[Twin], is_same: IsSame) -> list[str]:
    """Give the paths of those notes that tell a conversation again which an earlier, counted one has told."""
    told: dict[tuple[str, str, int], list[str]] = {}
    again = []
    for twin in sorted(twins, key=lambda each: (each.order, each.path)):
        earlier = told.setdefault((product_of(twin.path), twin.slug, twin.date), [])
        if any(is_same(path, twin.path) for path in earlier):
            again.append(twin.path)
        elif twin.is_fit:
            earlier.append(twin.path)
    return again


def judge(
    notes: Iterable[Filed],
    drafts: Iterable[Filed],
    introductions: Mapping[str, Introduction],
    people: People,
    is_same: IsSame,
) -> list[Verdict]:
    """Apply the rule to the notes of a commit and the drafts beside them; one verdict each, in order of path.

    `introductions` has the notes' paths as keys; a note without one is taken as the last to come. `is_same` tells
    of the paths of two notes on one customer and day whether they hold the same conversation. Notes of some weeks
    can be judged without the others: nothing but a note of the same day makes a difference.
    """
    arrived = sorted(notes, key=lambda note: (_order(introductions.get(note.path)), note.path))
    judge_one = _Judge(introductions, people, is_same)
    verdicts = [judge_one.committed(note) for note in arrived] + [judge_one.draft(note) for note in drafts]
    return sorted(verdicts, key=lambda verdict: verdict.path)


def reason_of(type_: str, source: str | None, *, is_empty: bool) -> str:
    """Give the reason why a note does not count, as far as its own words tell; "" when they give none."""
    if type_ in {"sales", "support-listen"}:
        return type_
    if source == "second-hand":
        return "second-hand"
    return "empty" if is_empty else ""


def _order(introduction: Introduction | None) -> tuple[bool, int]:
    return (introduction is None, introduction.order if introduction else 0)


class _Judge:
    """The rule at work; it remembers the conversations counted so far, to know one told twice."""

    def __init__(self, introductions: Mapping[str, Introduction], people: People, is_same: IsSame) -> None:
        self._introductions = introductions
        self._people = people
        self._is_same = is_same
        self._ours = Ours.of(people.config)
        self._counted: dict[tuple[str, str, date], list[str]] = {}

    def committed(self, note: Filed) -> Verdict:
        if isinstance(note, Problem):
            return self._verdict(note, "invalid", f"line {note.line}: {note.what}; {note.mend}")
        for reason, mend in self._reasons(note):
            return self._verdict(note, reason, mend)
        self._counted.setdefault(_conversation(note), []).append(note.path)
        return self._verdict(note)

    def draft(self, note: Filed) -> Verdict:
        return self._verdict(note, "uncommitted", f"ilog save {note.path}")

    def _reasons(self, note: Card) -> Iterator[tuple[str, str]]:
        reason = reason_of(note.type, note.source, is_empty=False)
        if reason:
            yield reason, ""
        if self._ours.has(note.customer, stem(note.slug)):
            yield "own-company", "name the customer you talked with, or correct own: in ilog.yaml"
        if reason_of(note.type, note.source, is_empty=note.is_empty):
            yield "empty", 'add one observation, such as "- pain: …"'
        for earlier in self._counted.get(_conversation(note), ()):
            if self._is_same(earlier, note.path):
                yield "duplicate", f"same as {earlier}: keep one, or name different participants"

    def _verdict(self, note: Filed, reason: str = "", mend: str = "") -> Verdict:
        introduction = self._introductions.get(note.path)
        named = [self._people.named(word) for word in note.pm]
        week = Week.of(note.date) if note.date else None
        if isinstance(note, Problem):
            return Verdict(note.path, lead_of(named, introduction, self._people), week, reason, mend)
        return Verdict(
            note.path,
            lead_of(named, introduction, self._people),
            week,
            reason,
            mend,
            note,
            second_of(named),
            tuple(person for word in note.observers if (person := self._people.named(word)).on_roster),
            self._lag(note, introduction),
        )

    def _lag(self, note: Card, introduction: Introduction | None) -> int | None:
        if not introduction or not introduction.is_known or note.imported:
            return None
        if is_import(introduction.commit, self._people.config):
            return None
        return (introduction.day - note.date).days


def lead_of(named: Sequence[Person], introduction: Introduction | None, people: People) -> Person:
    """Give who is credited: the first PM named, else the author who brought the note in, unless that was an import."""
    if named:
        return named[0]
    if not introduction or is_import(introduction.commit, people.config):
        return NOBODY
    return people.author(introduction.name, introduction.email)


def second_of(named: Sequence[Person]) -> Person | None:
    """Give who is shown as paired: the first of those named who is not the lead."""
    return next((person for person in named if person != named[0]), None)


def is_import(commit: str, config: Config) -> bool:
    """Tell whether a commit is listed as one that took over old notes: it credits nobody."""
    return any(commit.startswith(listed) for listed in config.imports)


class Ours(NamedTuple):
    """Our own companies and domains: by the stems of their slugs, and folded for case."""

    stems: frozenset[str]
    domains: tuple[str, ...]

    @classmethod
    def of(cls, config: Config) -> "Ours":
        """Read them from a configuration."""
        domains = tuple(domain.casefold().lstrip("@") for domain in config.own_domains)
        return cls(frozenset(stem(slug(company)) for company in config.own_companies), domains)

    def has(self, customer: str, customer_stem: str) -> bool:
        """Tell whether a customer is one of them, by name or because it lies in a domain of ours."""
        if customer_stem in self.stems:
            return True
        name = customer.strip().casefold()
        return any(name == own or name.endswith((f"@{own}", f".{own}")) for own in self.domains)


def is_own_company(customer: str, config: Config) -> bool:
    """Tell whether a customer's name is one of our own companies or lies in one of our own domains."""
    return Ours.of(config).has(customer, stem(slug(customer)))


def _conversation(note: Card) -> tuple[str, str, date]:
    return (note.product, note.slug, note.date)
