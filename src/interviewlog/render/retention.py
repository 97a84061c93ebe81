"""Notes whose time is over, or will soon be: as a table, in a sentence, and as JSON."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from interviewlog.insights.retention import Due
from interviewlog.render.clean import clean
from interviewlog.render.grid import Cell, cut, draw
from interviewlog.render.phrases import days_ago, many

_LONGEST = 30


def table(found: Sequence[Due], today: date, *, columns: int = 0, colour: bool = False) -> str:
    """Give a line per note, the earliest first: its last day, when that is, whose it is, what says so."""
    if not found:
        return ""
    rows = [[Cell(word, "bold") for word in ("keep until", "which is", "customer", "by", "note")]]
    return draw([*rows, *(_row(each, today) for each in found)], colour=colour, most=columns)


def _row(due: Due, today: date) -> list[Cell]:
    when = Cell(days_ago((today - due.last).days), "yellow" if due.is_past else "")
    name = f"{due.product}/{due.path.rpartition('/')[2].removesuffix('.md')}"
    return [Cell(due.last.isoformat()), when, Cell(cut(clean(due.customer), _LONGEST)), Cell(due.rule), Cell(name)]


def closing(found: Sequence[Due], until: date, months: int) -> list[str]:
    """Say how many are past their time and how many will be, and what to type."""
    past = sum(each.is_past for each in found)
    coming = len(found) - past
    soon = f"{many(coming, 'note') if coming else 'none'} will be by {until.isoformat()}"
    if past:
        verb = "is" if past == 1 else "are"
        return [f"{many(past, 'note')} {verb} past retention, {soon}: ilog retention --apply"]
    forever = "" if months else " (retention_months: 0 keeps notes for ever, unless they say retain_until)"
    return [f"no note is past its retention, {soon}{forever}"]


def answer(found: Iterable[Due]) -> list[dict[str, Any]]:
    """Give the JSON: a note each."""
    return [
        {
            "path": each.path,
            "product": each.product,
            "customer": each.customer,
            "keep_until": each.last.isoformat(),
            "rule": each.rule,
            "is_past": each.is_past,
        }
        for each in found
    ]
