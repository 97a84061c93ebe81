"""Notes in a table, and one note to read."""

import re
from collections.abc import Sequence

from interviewlog.card import Card
from interviewlog.interview import Interview
from interviewlog.render.clean import clean, clean_block
from interviewlog.render.grid import Cell, cut, draw

_ROOMY = 90
_NARROW = 56


def table(notes: Sequence[Card], *, columns: int = 0, colour: bool = False) -> str:
    """Give a line per note: day, product, customer, PM, type, and what was heard as far as there is room."""
    if not notes:
        return ""
    shown = [name for name, least in _COLUMNS.items() if not columns or columns >= least]
    longest = 30 if not columns or columns >= _ROOMY else 16
    rows = [[Cell(name, "bold") for name in shown]]
    rows += [[_cell(note, name, longest) for name in shown] for note in notes]
    return draw(rows, colour=colour, most=columns)


# The columns, and the width of a terminal from which each is shown.
_COLUMNS = {"date": 0, "customer": 0, "product": 32, "pm": _ROOMY, "type": _ROOMY, "heard": _NARROW}


def _cell(note: Card, name: str, longest: int) -> Cell:
    match name:
        case "pm":
            return Cell(", ".join(note.pm) or "unknown")
        case "heard":
            return Cell(note.heard, "dim")
        case _:
            return Cell(cut(clean(str(getattr(note, name))), longest))


def note_text(note: Interview) -> str:
    """Give a note to read: what the front matter says in one line each, then the body as it was written."""
    fields = [
        ("customer", note.customer),
        ("product", note.product),
        ("date", note.date.isoformat()),
        ("pm", ", ".join(note.pm) or "unknown"),
        ("type", note.type),
        ("relationship", note.relationship or "unknown"),
        ("roles", ", ".join(note.roles)),
        ("source", " via ".join(word for word in (note.source, note.via) if word)),
        ("consent", note.consent or "unknown"),
        ("segments", ", ".join(note.segments)),
        ("outcome", note.outcome or ""),
        ("minutes", str(note.minutes or "")),
        ("tldr", note.tldr or ""),
        ("nugget", note.nugget or ""),
    ]
    head = draw([[Cell(name), Cell(value)] for name, value in fields if value])
    return f"{head}\n\n{clean_block(_written(note.text))}\n"


_COMMENT = re.compile(r"<!--.*?-->[ \t]*\n?", re.DOTALL)
_EMPTY_SECTION = re.compile(r"^#{2,6} .*\n(?:[ \t]*\n)*(?=#{1,6} |\Z)", re.MULTILINE)


def _written(body: str) -> str:
    """Give what somebody wrote: without the template's questions, and without the sections left empty."""
    text = _COMMENT.sub("", body.replace("\r\n", "\n")) + "\n"
    return re.sub(r"\n{3,}", "\n\n", _EMPTY_SECTION.sub("", text)).strip()
