"""What `ilog audit` found, as a table, CSV and JSON."""

from datetime import date
from textwrap import wrap
from typing import Any

from interviewlog.insights.audit import Answer, Entry
from interviewlog.render.clean import clean
from interviewlog.render.data import table_csv
from interviewlog.render.grid import Cell, cut, draw

_SHORT = 7
_ROOMY = 110  # columns in which an entry fits on one line
_HEAD = ("day", "commit", "author", "what", "where")


def table(found: Answer, columns: int = 0, *, colour: bool = False) -> str:
    """Give a line per entry, the newest last; on a narrow terminal two. A terminal is shown the ends of paths only."""
    entries = found.entries
    if not entries:
        return ""
    if columns and columns < _ROOMY:
        return "\n".join(_narrow(entry, columns) for entry in entries)
    rows = [[Cell(name, "bold") for name in _HEAD]]
    rows += [
        [*map(Cell, _beginning(entry)), Cell(entry.words), Cell(_where(entry, columns), "dim")] for entry in entries
    ]
    return draw(rows, colour=colour, most=columns)


def _beginning(entry: Entry) -> list[str]:
    return [entry.commit.date.isoformat(), entry.commit.id[:_SHORT], entry.author.name]


def _where(entry: Entry, columns: int) -> str:
    return entry.path.rpartition("/")[2].removesuffix(".md") if columns else entry.path


def _narrow(entry: Entry, columns: int) -> str:
    text = clean(f"{_where(entry, columns)}: {entry.words}")
    lines = [
        "  ".join(map(clean, _beginning(entry))),
        *wrap(text, columns, initial_indent="  ", subsequent_indent="  "),
    ]
    return "\n".join(cut(line, columns) for line in lines)


def csv(found: Answer) -> str:
    """Give a line per entry, with the keys of the JSON."""
    keys = ("day", "commit", "author", "name", "email", "kind", "path", "field", "from", "to", "lag", "what")
    lines = ((_plain(record[key]) for key in keys) for record in map(_record, found.entries))
    return table_csv(keys, [list(line) for line in lines])


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def answer(found: Answer) -> dict[str, Any]:
    """Give the JSON of `ilog audit`; `since` and `until` are null where nothing bounds the time."""
    asked = found.asked
    return {
        "at": found.commit,
        "since": asked.since.isoformat() if asked.since != date.min else None,
        "until": asked.until.isoformat() if asked.until != date.max else None,
        "entries": [_record(entry) for entry in found.entries],
        "warnings": [{"code": notice.code, "message": notice.message} for notice in found.notices],
    }


def _record(entry: Entry) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "day": entry.commit.date.isoformat(),
        "commit": entry.commit.id,
        "author": entry.author.pm,
        "name": entry.author.name,
        "email": entry.author.email,
        "path": entry.path,
        "field": entry.field or None,
        "from": entry.old or None,
        "to": (entry.new if entry.kind != "unreadable" else "") or None,
        "lag": entry.days,
        "pms": sorted(entry.concerns),
        "what": entry.words,
    }
