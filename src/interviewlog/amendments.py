"""What changed between two versions of `ilog.yaml`, of all that decides counts: goals, roster, away weeks, imports."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from interviewlog.commit import Commit
from interviewlog.config import Config, Goal, Pm
from interviewlog.weeks import Week, ranges

Version: TypeAlias = Config | str | None  # a text says why the file cannot be used; None: there is no such file


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a commit made of `ilog.yaml`; a merge has several versions before it."""

    commit: Commit
    before: tuple[Version, ...]
    after: Version


@dataclass(frozen=True, slots=True)
class Difference:
    """One setting before and after, "" where it says nothing; `pm` is the handle of the PM whom it is about."""

    setting: str
    label: str
    old: str = ""
    new: str = ""
    pm: str = ""


_Key: TypeAlias = tuple[str, str, str]  # the first three fields that tell differences apart: setting, label, pm
_Items: TypeAlias = frozenset[str] | frozenset[Week]


def differences(before: Sequence[Config], after: Config) -> list[Difference]:
    """Tell what `after` says that none of `before` did: of a merge, only what it decided by itself."""
    found = [*_of_values([_values(each) for each in before], _values(after))]
    return [*found, *_of_items([_items(each) for each in before], _items(after))]


def _of_values(before: Sequence[Mapping[_Key, str]], after: Mapping[_Key, str]) -> Iterator[Difference]:
    for key, new in after.items():
        olds = [each[key] for each in before if key in each]
        if olds and new not in olds:
            yield _difference(key, olds[0], new)


def _of_items(before: Sequence[Mapping[_Key, _Items]], after: Mapping[_Key, _Items]) -> Iterator[Difference]:
    for key, new in after.items():
        olds = [each[key] for each in before if key in each]
        if olds:
            gone = [item for item in olds[0] if item not in new and all(item in old for old in olds)]
            come = [item for item in new if not any(item in old for old in olds)]
            yield from (_difference(key, word, "") for word in _words(gone))
            yield from (_difference(key, "", word) for word in _words(come))


def _difference(key: _Key, old: str, new: str) -> Difference:
    setting, label, pm = key
    return Difference(setting, label, old, new, pm or (old or new if setting == "pms" else ""))


def _words(items: Iterable[str | Week]) -> list[str]:
    every = list(items)
    weeks = [item for item in every if isinstance(item, Week)]
    return ranges(weeks) or sorted(item for item in every if isinstance(item, str))


def _values(config: Config) -> dict[_Key, str]:
    """Give what has one value. What is said of a PM is only told while the PM is on the roster."""
    values = {("root", "root", ""): config.root, ("goal", "goal", ""): _goals(config.goals)}
    for pm in config.pms.values():
        values[_key(pm, "from", "start")] = _day(pm.since)
        values[_key(pm, "until", "end")] = _day(pm.until)
        values[_key(pm, "goal", "goal")] = _goals(pm.goals)
    return values


def _items(config: Config) -> dict[_Key, _Items]:
    """Give what is a list, whose entries come and go one by one."""
    items: dict[_Key, _Items] = {
        ("pms", "roster", ""): frozenset(config.pms),
        ("away", "away weeks of everybody", ""): config.away,
        ("imports", "imports", ""): frozenset(config.imports),
        ("own.domains", "own domains", ""): frozenset(config.own_domains),
        ("own.companies", "own companies", ""): frozenset(config.own_companies),
    }
    for pm in config.pms.values():
        items[_key(pm, "emails", "e-mails")] = frozenset(pm.emails)
        items[_key(pm, "away", "away weeks")] = pm.away
    return items


def _key(pm: Pm, field: str, words: str) -> _Key:
    # By handle alone: who is called something else from now on is still the same PM.
    return f"pms.{pm.handle}.{field}", f"{words} of {pm.handle}", pm.handle


def _day(day: date) -> str:
    return "" if day in {date.min, date.max} else day.isoformat()


def _goals(goals: Sequence[Goal]) -> str:
    return "; ".join(_goal(goal) for goal in sorted(goals, key=lambda goal: goal.since))


def _goal(goal: Goal) -> str:
    paired = "" if goal.paired is None else f", paired {'counts' if goal.paired else 'shown'}"
    since = "" if goal.since == date.min else f" from {goal.since}"
    return f"{goal.interviews} a week, {goal.minutes} minutes{paired}{since}"
