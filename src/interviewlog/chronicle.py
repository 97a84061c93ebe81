"""Tells the example notes as the history of a team, commit by commit, so that it ends in the week of today.

Times of day come from a hash: the same day and moment give the same history. Notes change as text, in their dates only.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from interviewlog.config import FILE_NAME, Pm
from interviewlog.errors import Code, IlogError
from interviewlog.interview import Interview
from interviewlog.note import parse, split
from interviewlog.notepath import FileName, next_free, taken
from interviewlog.person import IGNORED
from interviewlog.settings import parse_config
from interviewlog.weeks import Week
from interviewlog.yamltext import load

_DATED = re.compile(r"^((date|retain_until):[ \t]*[\"']?)(\d{4}-\d{2}-\d{2})", re.MULTILINE)
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_WEEK = re.compile(r"\b(\d{4})-W(\d{2})\b")
_PATH = re.compile(r"[\w/-]+-\d{4}-\d{2}-\d{2}(?:-\d+)?\.md")
_PAUSE = dt.timedelta(minutes=7)


@dataclass(frozen=True, slots=True)
class Examples:
    """What is shipped: `ilog.yaml`, `history.yaml` and the notes by their path, all as text."""

    config: str
    history: str
    notes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """One commit, by a PM's clock and first e-mail: the rename it makes, then the files it writes.

    It lands on `branch` ("" is the main line, from which a branch leaves with its first step), or `joins` one.
    """

    author: Pm
    when: dt.datetime
    message: str
    files: Mapping[str, str]
    renamed: tuple[str, str] | None = None
    branch: str = ""
    joins: str = ""


def tell(examples: Examples, today: dt.date, now: dt.datetime) -> list[Step]:
    """Give the steps in the order in which they happen, all of them before `now`; no note is dated after `today`."""
    story = _Story(moved(examples, today))
    steps = [story.beginning(), *story.arrivals.values(), *story.edits(), story.renaming(), story.merge()]
    return _before(now, sorted(steps, key=lambda step: step.when))


def _before(now: dt.datetime, steps: Sequence[Step]) -> list[Step]:
    """Push what would lie in the future back to before `now`, and what was before it further back."""
    latest, told = now.replace(microsecond=0), []
    for step in reversed(steps):
        latest = min(step.when, latest - _PAUSE)
        told.append(replace(step, when=latest.astimezone(step.when.tzinfo)))
    return told[::-1]


def moved(examples: Examples, today: dt.date) -> Examples:
    """Move all dates by the same number of weeks, so that the last note is of today's week and weekdays stay."""
    last = max(_name(path).day for path in examples.notes)
    shift = _Shift((Week.of(today).monday - Week.of(last).monday).days // 7, today)
    paths = shift.paths(examples.notes)
    history = _PATH.sub(lambda found: paths.get(found[0]) or shift.words(found[0]), examples.history)
    notes = {paths[path]: shift.note(text) for path, text in examples.notes.items()}
    return Examples(shift.words(examples.config), history, notes)


@dataclass(frozen=True, slots=True)
class _Shift:
    weeks: int
    today: dt.date

    def day(self, text: str) -> dt.date:
        return dt.date.fromisoformat(text) + dt.timedelta(weeks=self.weeks)

    def words(self, text: str) -> str:
        """Move every day and week in a text, such as the roster's `from` and `away`."""
        text = _WEEK.sub(lambda found: str(Week(int(found[1]), int(found[2])) + self.weeks), text)
        return _DAY.sub(lambda found: str(self.day(found[0])), text)

    def note(self, text: str) -> str:
        """Move the dates of the front matter; a conversation that would come after today is of today."""
        parts = split(text.encode())
        front = _DATED.sub(self._field, parts.front.decode())
        return (parts.head + front.encode() + parts.closer + parts.body).decode()

    def _field(self, found: re.Match[str]) -> str:
        latest = self.today if found[2] == "date" else dt.date.max
        return f"{found[1]}{min(self.day(found[3]), latest)}"

    def paths(self, paths: Iterable[str]) -> dict[str, str]:
        """Give each note's new path; notes of one customer that fall on one day are numbered on."""
        new: dict[str, str] = {}
        for path in sorted(paths, key=lambda path: (_name(path).day, _name(path).number)):
            name = _name(path)
            product = path.rpartition("/")[0]
            beside = [other.rpartition("/")[2] for other in new.values() if other.startswith(f"{product}/")]
            wanted = FileName(name.customer, min(self.day(str(name.day)), self.today))
            new[path] = f"{product}/{next_free(beside, wanted) if taken(beside, wanted) else wanted}"
        return new


def _name(path: str) -> FileName:
    if name := FileName.read(path):
        return name
    raise _unusable(path, "its name has no date")


def _unusable(path: str, what: str) -> IlogError:
    return IlogError(f"cannot use the example {path}: {what}", hint="ilog --version", code=Code.BUG)


class _Story:
    """The steps under construction. `arrivals` holds those that bring a note in, by its path."""

    def __init__(self, examples: Examples) -> None:
        self.rules = examples.config
        self.config = parse_config(examples.config)
        self.plan: Mapping[str, Any] = load(examples.history).value
        self.texts = dict(examples.notes)
        self.arrivals = {path: self._arrival(path) for path in sorted(self.texts)}

    def beginning(self) -> Step:
        """Set the folder up, in the week before the first note, by the first of the roster."""
        me, alias = next(iter(self.config.pms.values())), self.plan["alias"]
        home = self.config.pms[alias["pm"]]
        files = {
            FILE_NAME: self.rules,
            ".gitattributes": f"{self.config.root}/**/*.md text eol=lf\n",
            ".gitignore": f"{IGNORED}\n",
            ".mailmap": f"{home.name} <{home.emails[0]}> {alias['name']} <{alias['email']}>\n",
        }
        before = Week.of(min(_name(path).day for path in self.texts)) - 1
        return Step(me, self._moment(before.monday, "Set up ilog", me), "Set up ilog", files)

    def edits(self) -> Iterator[Step]:
        for edit in self.plan["edits"]:
            path = edit["note"]
            self.texts[path] = f"{self.texts[path].rstrip()}\n{edit['append']}"
            yield self._later(edit, self.arrivals[path], {path: self.texts[path]})

    def renaming(self) -> Step:
        path, wrong = self.plan["rename"]["to"], self.plan["rename"]["from"]
        step = self._later(self.plan["rename"], self.arrivals[path], {path: self.texts[path]})
        return replace(step, renamed=(wrong, path))

    def merge(self) -> Step:
        branch = self.plan["branch"]
        steps = [self.arrivals[path] for path in branch["notes"]]
        files = {path: text for step in steps for path, text in step.files.items()}
        last = max(steps, key=lambda step: step.when)
        return replace(self._later(branch | {"days": "1"}, last, files), joins=branch["name"])

    def _arrival(self, path: str) -> Step:
        """Bring a note in on its own day, or as much later as the plan says."""
        note, name = parse(path, self.texts[path].encode()), _name(path)
        if not isinstance(note, Interview):
            raise _unusable(path, note.what)
        author = self._author(path, note.pm[0])
        late = sum(int(each["days"]) for each in self.plan["late"] if each["note"] == path)
        when = self._moment(note.date + dt.timedelta(days=late), str(name._replace(number=1)), author)
        branch = self.plan["branch"]["name"] if path in self.plan["branch"]["notes"] else ""
        subject = f"Interview: {note.customer}, {note.product}, {note.date}"
        return Step(author, when + _PAUSE * 10 * (name.number - 1), subject, self._first(path), branch=branch)

    def _author(self, path: str, handle: str) -> Pm:
        pm, alias = self.config.pms[handle], self.plan["alias"]
        return pm._replace(name=alias["name"], emails=(alias["email"],)) if path == alias["note"] else pm

    def _first(self, path: str) -> dict[str, str]:
        """Give what a note was at first: the one that is renamed later has its customer misspelt."""
        rename, text = self.plan["rename"], self.texts[path]
        if path != rename["to"]:
            return {path: text}
        for good, bad in zip(*(_name(rename[end]).customer.split("-") for end in ("to", "from")), strict=True):
            text = text.replace(good.capitalize(), bad.capitalize())
        return {rename["from"]: text}

    def _later(self, deed: Mapping[str, str], step: Step, files: Mapping[str, str]) -> Step:
        """Do something about a step some days after it, and never before it, whatever the zones."""
        author = self.config.pms[deed["pm"]]
        when = self._moment(step.when.date() + dt.timedelta(days=int(deed["days"])), deed["message"], author)
        return Step(author, max(when, step.when + _PAUSE), deed["message"], files)

    def _moment(self, day: dt.date, key: str, pm: Pm) -> dt.datetime:
        """Find a time of a PM's day: a call from nine to three o'clock, and the note an hour to four later."""
        dice = int.from_bytes(sha256(key.encode()).digest()[:8])
        seconds = dice % (6 * 3600) + 3600 + (dice >> 32) % (3 * 3600)
        zone = dt.datetime.strptime(self.plan["zones"][pm.handle], "%z").tzinfo
        return dt.datetime.combine(day, dt.time(9), zone) + dt.timedelta(seconds=seconds)
