"""Away weeks, as a table, as JSON, and in a sentence."""

from collections.abc import Iterable
from typing import Any

from interviewlog.config import Config
from interviewlog.render.clean import clean
from interviewlog.render.grid import Cell, draw
from interviewlog.weeks import Week, ranges

_FEW = 4


def table(config: Config, handles: Iterable[str], now: Week, *, columns: int = 0, colour: bool = False) -> str:
    """Give a line for everybody and each PM who has away weeks, by name."""
    rows = [[Cell(name), Cell(_weeks(weeks, now))] for name, weeks in _rows(config, handles) if weeks]
    head = [[Cell("who", "bold"), Cell("away", "bold")]] if rows else []
    return draw([*head, *rows], colour=colour, most=columns)


def _rows(config: Config, handles: Iterable[str]) -> list[tuple[str, frozenset[Week]]]:
    people = [(config.pms[handle].name, config.pms[handle].away) for handle in handles]
    return [("everybody", config.away), *sorted(people, key=lambda row: row[0].casefold())]


def _weeks(weeks: frozenset[Week], now: Week) -> str:
    return ", ".join(ranges(weeks)) + ("  (now)" if now in weeks else "")


def answer(config: Config, handles: Iterable[str]) -> dict[str, Any]:
    """Give the JSON of `ilog away` without weeks: each week by itself, as `ilog stats --json` gives them."""
    people = [config.pms[handle] for handle in handles]
    return {
        "everybody": [str(week) for week in sorted(config.away)],
        "people": [
            {"pm": pm.handle, "name": pm.name, "away": [str(week) for week in sorted(pm.away)]} for pm in people
        ],
    }


def recorded(name: str, asked: Iterable[Week], new: Iterable[Week]) -> str:
    """Say what is recorded now, and what follows; `new` are the weeks that were not before."""
    weeks = sorted(asked)
    already = "" if new else " already"
    return f"{clean(name)}: away {', '.join(ranges(weeks))}{already}; does not count against the goal in {_each(weeks)}"


def removed(
    name: str, asked: Iterable[Week], gone: Iterable[Week], team: Iterable[Week], out: Iterable[Week] = ()
) -> str:
    """Say what is recorded no more; in `team` weeks everybody is away still, in `out` the PM is not in the team."""
    if not gone:
        return f"{clean(name)}: not away in {', '.join(ranges(asked))} as it is"
    still = frozenset(gone) & frozenset(team)
    outside = frozenset(gone) & frozenset(out)
    counts = sorted(frozenset(gone) - still - outside)
    follows = [f"the goal holds in {_each(counts)}"] if counts else []
    follows += [f"not in the team in {_each(sorted(outside))}"] if outside else []
    follows += [f"everybody is away in {_each(sorted(still))} still"] if still else []
    return f"{clean(name)}: no longer away {', '.join(ranges(gone))}; {', '.join(follows)}"


def _each(weeks: list[Week]) -> str:
    return ", ".join(map(str, weeks) if len(weeks) <= _FEW else ranges(weeks))
