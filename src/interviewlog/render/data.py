"""Results as JSON and CSV, for scripts. Keys never change their meaning; new ones may come."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from interviewlog.render.clean import FORBIDDEN, as_it_is, clean
from interviewlog.weeks import Week

if TYPE_CHECKING:  # a table needs the labels of weeks, and none of what checks notes
    from interviewlog.insights.reasons import Explanation
    from interviewlog.insights.report import Report
    from interviewlog.interview import Interview, Observation


def dumps(value: Any) -> str:
    """Write JSON: readable, in UTF-8, with control characters escaped by JSON itself."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return FORBIDDEN.sub(lambda found: found[0] if found[0] == "\n" else json.dumps(found[0])[1:-1], text)


_FORMULA = re.compile(r"[\s\xa0]*[=+\-@|%]")


def table_csv(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """Write CSV with a header; cells that a spreadsheet would take for a formula get a leading `'`."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([_inert(clean(cell)) for cell in line] for line in lines)
    return out.getvalue()


def _inert(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def week_labels(weeks: Sequence[Week]) -> list[str]:
    """Give the short labels of a table's columns: W47, with the year where it changes within the table."""
    several = len({week.year for week in weeks}) > 1
    return [
        f"{week.year % 100:02d}W{week.number:02d}"
        if several and (at == 0 or weeks[at - 1].year != week.year)
        else f"W{week.number:02d}"
        for at, week in enumerate(weeks)
    ]


def paths(found: Iterable[str]) -> str:
    """Give notes' paths for a script, one a line; only what would break the line is made visible."""
    listed = list(found)
    together = "\n".join(listed)
    if together.isascii() and _is_tame(together, len(listed)):
        return together
    return "\n".join(as_it_is(path) for path in listed)


def _is_tame(together: str, number: int) -> bool:
    """Tell in one look at a hundred thousand paths that none of them needs cleaning."""
    return together.count("\n") == max(number - 1, 0) and together.replace("\n", "").isprintable()


_LISTED = (
    "path", "date", "product", "customer", "pm", "type", "relationship", "roles", "source", "consent", "via",
    "segments", "competitors", "hypotheses", "also_products", "participants", "channel", "minutes", "observers",
    "outcome", "visibility", "tldr", "nugget",
)  # fmt: skip


def interview(note: "Interview") -> dict[str, Any]:
    """Give one note as JSON: its fields as typed (null or [] where the note does not say) and its observations."""
    fields = {name: getattr(note, name) for name in _LISTED}
    fields["date"] = note.date.isoformat()
    return fields | {
        "extra": dict(note.extra),
        "observations": [_observation(each) for each in note.body.observations],
        "open_tasks": list(note.body.open_tasks),
    }


def _observation(each: "Observation") -> dict[str, Any]:
    return {
        "kind": each.kind,
        "text": each.text,
        "tags": list(each.tags),
        "severity": each.severity,
        "who": each.who or None,
        "line": each.line,
        "evidence": [_observation(inner) for inner in each.evidence],
    }


def listing_csv(notes: "Iterable[Interview]") -> str:
    """Give notes as CSV, a line each; lists are joined by `; `."""
    return table_csv(_LISTED, ([_joined(value) for value in _row_of(note)] for note in notes))


def _row_of(note: "Interview") -> list[Any]:
    return [interview(note)[name] for name in _LISTED]


def _joined(value: Any) -> str:
    if isinstance(value, tuple | list):
        return "; ".join(value)
    return "" if value is None else str(value)


def why(answer: "Explanation") -> dict[str, Any]:
    """Give the JSON of `ilog why`."""
    verdict = answer.verdict
    return {
        "path": verdict.path,
        "counted": verdict.is_counted,
        "reason": verdict.reason or None,
        "meaning": answer.meaning or None,
        "mend": verdict.mend or None,
        "week": str(verdict.week) if verdict.week else None,
        "pm": verdict.person.pm,
        "name": verdict.person.name,
        "paired": verdict.second.pm if verdict.second else None,
        "lag": verdict.lag,
        "done": answer.done,
        "goal": answer.goal,
    }


def report(found: "Report") -> dict[str, Any]:
    """Give the JSON of one line of `ilog check`."""
    return {
        "path": found.path,
        "line": found.line,
        "column": found.column,
        "severity": found.severity,
        "code": found.code,
        "message": found.what,
        "mend": found.mend,
    }
