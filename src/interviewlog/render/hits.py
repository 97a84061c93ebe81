"""What a search found: the notes, and the lines in them."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from interviewlog.insights.search import Hit, Snippet
from interviewlog.query import Span
from interviewlog.render.clean import clean, clean_block
from interviewlog.render.grid import cut, styled, width

LONGEST = 100
_NUMBER = 5  # columns for the number of a line
_LABEL = 16
_NARROWEST = 24


def table(hits: Sequence[Hit], *, columns: int = 0, colour: bool = False) -> str:
    """Give a line per note, which begins with the name by which it can be shown, and its snippets below."""
    return "\n\n".join(
        "\n".join([_head(hit, columns, colour=colour), *(_line(each, columns, colour=colour) for each in hit.snippets)])
        for hit in hits
    )


def _head(hit: Hit, columns: int, *, colour: bool) -> str:
    note = hit.note
    name = cut(clean(note.path.rpartition("/")[2].removesuffix(".md")), columns)
    about = " · ".join(clean(word) for word in ("", note.customer, note.product, ", ".join(note.pm) or "unknown"))
    whole = cut(f"{name} {about.strip()}", columns)
    return name + styled(whole[len(name) :], "dim", colour=colour)


def _line(snippet: Snippet, columns: int, *, colour: bool) -> str:
    number = f"{snippet.line or '':>{_NUMBER}}"
    label = f"{cut(clean(snippet.field), min(_LABEL, columns // 4) or _LABEL)}: " if snippet.field else ""
    room = columns - _NUMBER - 2 - width(label) if columns else LONGEST
    text, matches = _cleaned(around(snippet, min(max(room, _NARROWEST), LONGEST)))
    shown = cut(text, max(room, 1) if columns else 0)
    last = len(shown) - (shown != text)
    pieces, at = [], 0
    for start, end in matches:
        if start < last:
            pieces += [shown[at:start], styled(shown[start : min(end, last)], "bold", colour=colour)]
            at = min(end, last)
    return f"{styled(number, 'dim', colour=colour)}  {label}{''.join(pieces)}{shown[at:]}"


def _cleaned(snippet: Snippet) -> tuple[str, list[Span]]:
    """Clean a text piece by piece, so that it stays known which parts of it were asked for."""
    text, matches, at = "", [], 0
    for start, end in snippet.matches:
        text += clean_block(snippet.text[at:start])
        begin, at = len(text), end
        text += clean_block(snippet.text[start:end])
        matches.append((begin, len(text)))
    return text + clean_block(snippet.text[at:]), matches


def around(snippet: Snippet, longest: int) -> Snippet:
    """Shorten a snippet to so many characters, around what was asked for; `…` stands for what is left out."""
    text, room = snippet.text, longest - 2  # for the dots at both ends
    if len(text) <= longest:
        return snippet
    first = _densest(snippet.matches, room)
    begin = 0 if first <= room // 2 else min(first - room // 4, len(text) - room)
    begin = next((at for at in range(begin, first) if begin and text[at - 1] == " "), begin)
    end = min(begin + room, len(text))
    shown = [(start, min(stop, end)) for start, stop in snippet.matches if begin <= start < end]
    if end < len(text):
        least = max([end - room // 4, *(stop for _, stop in shown)])
        end = next((at for at in range(end, least - 1, -1) if text[at] == " "), end)
    before, after = "…" if begin else "", "…" if end < len(text) else ""
    shift = len(before) - begin
    matches = tuple((start + shift, stop + shift) for start, stop in shown)
    return replace(snippet, text=f"{before}{text[begin:end]}{after}", matches=matches)


def _densest(matches: Sequence[Span], room: int) -> int:
    """Give the start of the match with the most others in the half of the room after it; the first of equals."""
    starts = [start for start, _ in matches] or [0]
    seen = [bisect_left(starts, first + room // 2) - at for at, first in enumerate(starts)]
    return starts[seen.index(max(seen))]


def as_data(hits: Sequence[Hit]) -> list[dict[str, Any]]:
    """Give the JSON of `ilog search`; `matches` are parts of `text`, counted in characters from 0."""
    return [
        {
            "path": hit.note.path,
            "date": hit.note.date.isoformat(),
            "product": hit.note.product,
            "customer": hit.note.customer,
            "pm": list(hit.note.pm),
            "type": hit.note.type,
            "snippets": [_snippet(around(each, LONGEST)) for each in hit.snippets],
        }
        for hit in hits
    ]


def _snippet(snippet: Snippet) -> dict[str, Any]:
    return {
        "line": snippet.line,
        "field": snippet.field or None,
        "text": snippet.text,
        "matches": [list(span) for span in snippet.matches],
    }
