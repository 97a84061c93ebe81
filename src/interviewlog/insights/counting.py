"""The counting rule, all of it: which note counts, for whom and in which week, and why another does not.

RULE says it in words, for `ilog stats --explain`; `judge` applies it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from interviewlog.config import Config
from interviewlog.insights.people import NOBODY, People, Person
from interviewlog.interview import Interview, Problem
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
_NEARLY = 0.8
_SHINGLE = 4


@dataclass(frozen=True, slots=True)
class Introduction:
    """How a note came into history. `order` sorts introductions; `day` is the author's, at their own offset.

    `is_known` is False at the horizon of a shallow clone, whose commits seem to have brought in all that is older.
    """

    commit: str
    name: str
    email: str
    day: date
    order: int
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rule says of one note. `reason` is "" when it counts; `week` is None when no date can be read.

    `lag` is in days from the conversation to the commit, None when imported or not committed; `day` is the
    commit's own day, in the audit view only.
    """

    path: str
    person: Person
    week: Week | None
    reason: str = ""
    mend: str = ""
    note: Interview | None = None
    second: Person | None = None
    observers: tuple[Person, ...] = ()
    lag: int | None = None
    day: date | None = None

    @property
    def is_counted(self) -> bool:
        return not self.reason


def judge(
    notes: Iterable[Interview | Problem],
    drafts: Iterable[Interview | Problem],
    introductions: Mapping[str, Introduction],
    people: People,
) -> list[Verdict]:
    """Apply the rule to the notes of a commit and the drafts beside them; one verdict each, in order of path.

    `introductions` has the notes' paths as keys; a note without one is taken as the last to come.
    """
    arrived = sorted(notes, key=lambda note: (_order(introductions.get(note.path)), note.path))
    judge_one = _Judge(introductions, people)
    verdicts = [judge_one.committed(note) for note in arrived] + [judge_one.draft(note) for note in drafts]
    return sorted(verdicts, key=lambda verdict: verdict.path)


def _order(introduction: Introduction | None) -> tuple[bool, int]:
    return (introduction is None, introduction.order if introduction else 0)


class _Judge:
    """The rule at work; it remembers the conversations counted so far, to know one told twice."""

    def __init__(self, introductions: Mapping[str, Introduction], people: People) -> None:
        self._introductions = introductions
        self._people = people
        self._counted: dict[tuple[str, str, date], list[Interview]] = {}

    def committed(self, note: Interview | Problem) -> Verdict:
        if isinstance(note, Problem):
            return self._verdict(note, "invalid", f"line {note.line}: {note.what}; {note.mend}")
        for reason, mend in self._reasons(note):
            return self._verdict(note, reason, mend)
        self._counted.setdefault(_conversation(note), []).append(note)
        return self._verdict(note)

    def draft(self, note: Interview | Problem) -> Verdict:
        return self._verdict(note, "uncommitted", f"ilog save {note.path}")

    def _reasons(self, note: Interview) -> Iterator[tuple[str, str]]:
        if note.type in {"sales", "support-listen"}:
            yield note.type, ""
        if note.source == "second-hand":
            yield "second-hand", ""
        if is_own_company(note.customer, self._people.config):
            yield "own-company", "name the customer you talked with, or correct own: in ilog.yaml"
        if note.body.is_empty and not note.is_stub:
            yield "empty", 'add one observation, such as "- pain: …"'
        for earlier in self._counted.get(_conversation(note), ()):
            if is_same_conversation(earlier, note):
                yield "duplicate", f"same as {earlier.path}: keep one, or name different participants"

    def _verdict(self, note: Interview | Problem, reason: str = "", mend: str = "") -> Verdict:
        introduction = self._introductions.get(note.path)
        named = [self._people.named(word) for word in note.pm]
        week = Week.of(note.date) if note.date else None
        if isinstance(note, Problem):
            return Verdict(note.path, self._lead(named, introduction), week, reason, mend)
        return Verdict(
            note.path,
            self._lead(named, introduction),
            week,
            reason,
            mend,
            note,
            next((person for person in named if person != named[0]), None),
            tuple(person for word in note.observers if (person := self._people.named(word)).on_roster),
            self._lag(note, introduction),
        )

    def _lead(self, named: list[Person], introduction: Introduction | None) -> Person:
        if named:
            return named[0]
        if not introduction or _is_import(introduction.commit, self._people.config):
            return NOBODY
        return self._people.author(introduction.name, introduction.email)

    def _lag(self, note: Interview, introduction: Introduction | None) -> int | None:
        if not introduction or not introduction.is_known or note.imported:
            return None
        if _is_import(introduction.commit, self._people.config):
            return None
        return (introduction.day - note.date).days


def _is_import(commit: str, config: Config) -> bool:
    return any(commit.startswith(listed) for listed in config.imports)


def is_own_company(customer: str, config: Config) -> bool:
    """Tell whether a customer's name is one of our own companies or lies in one of our own domains."""
    name = customer.strip().casefold()
    for domain in config.own_domains:
        own = domain.casefold().lstrip("@")
        if name == own or name.endswith((f"@{own}", f".{own}")):
            return True
    return stem(slug(customer)) in {stem(slug(company)) for company in config.own_companies}


def _conversation(note: Interview) -> tuple[str, str, date]:
    return (note.product, note.slug, note.date)


def is_same_conversation(earlier: Interview, later: Interview) -> bool:
    """Tell whether two notes on one customer and day are one conversation: same people or nearly same words."""
    if earlier.participants and set(earlier.participants) == set(later.participants):
        return True
    return _likeness(earlier.text, later.text) >= _NEARLY


_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HEADING = re.compile(r"^ {0,3}#{1,6}(?:[ \t].*)?$", re.MULTILINE)


@lru_cache(maxsize=1024)
def _own_words(body: str) -> tuple[tuple[str, ...], frozenset[tuple[str, ...]]]:
    """Give a body's own words, and the runs of four of them; remembered, for a note is compared with several."""
    words = re.findall(r"\w+", _HEADING.sub("", _COMMENT.sub("", body)).casefold())
    runs = (tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1))
    return tuple(words), frozenset(runs)


def _likeness(one: str, other: str) -> float:
    """Compare texts by the runs of four words they share (Jaccard index): 1.0 equal, 0.0 nothing in common."""
    (words, runs), (other_words, other_runs) = _own_words(one), _own_words(other)
    if words == other_words:
        return 1.0 if words else 0.0
    shared = len(runs & other_runs)
    return shared / (len(runs) + len(other_runs) - shared) if shared else 0.0
