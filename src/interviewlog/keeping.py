"""A note that has been read, as JSON and back: what a cache keeps so that nobody has to read the note again.

Only `ilog` itself reads what is written here, and only in the same version; there is no promise to others.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import MISSING, fields
from datetime import date
from typing import Any

from interviewlog.interview import Body, Finding, Interview, NearMiss, Observation
from interviewlog.problem import Problem, product_of

_TYPED = frozenset({"body", "findings", "date", "retain_until", "text", "path", "product"})
_UNSAID = {each.name: None if each.default is MISSING else each.default for each in fields(Interview)}
_PLAIN = tuple(name for name in _UNSAID if name not in _TYPED)


_ENCODER = json.JSONEncoder(separators=(",", ":"), check_circular=False)  # a note has no circles


def keep(note: Interview | Problem) -> str:
    """Write down what was read of a note, but for its path and text, which are kept as they are; see `recall`."""
    return _ENCODER.encode(_problem(note) if isinstance(note, Problem) else _interview(note))


def recall(kept: str, path: str, text: str) -> Interview | Problem:
    """Give the note that was written down. Raises ValueError, KeyError or TypeError for anything else."""
    told = json.loads(kept)
    if "what" in told:
        return Problem(path, **told | {"date": _day(told["date"]), "pm": tuple(told["pm"])})
    said = {name: tuple(value) if isinstance(value, list) else value for name, value in told["said"].items()}
    values: dict[str, Any] = {"path": path, "product": product_of(path), "text": text, **said}
    return Interview(
        **values,
        date=date.fromisoformat(told["date"]),
        retain_until=_day(told["until"]),
        body=_recalled_body(told["body"]),
        findings=tuple(Finding(*each) for each in told["findings"]),
    )


def _problem(note: Problem) -> dict[str, Any]:
    values = {name: value for name, value in note._asdict().items() if name != "path"}
    return values | {"date": note.date.isoformat() if note.date else None}


def _interview(note: Interview) -> dict[str, Any]:
    body = note.body
    return {
        "said": {name: value for name in _PLAIN if (value := getattr(note, name)) != _UNSAID[name]},
        "date": note.date.isoformat(),
        "until": note.retain_until.isoformat() if note.retain_until else None,
        "body": [
            [_observation(each) for each in body.observations],
            [(each.line, each.text, each.mend) for each in body.near_misses],
            body.items,
            body.prose,
            body.open_tasks,
            body.unclosed,
        ],
        "findings": [
            (each.line, each.code, each.what, each.mend, each.is_error, each.column) for each in note.findings
        ],
    }


def _observation(each: Observation) -> tuple[Any, ...]:
    evidence = [_observation(inner) for inner in each.evidence]
    return (each.kind, each.text, each.line, each.tags, each.severity, each.who, each.done, evidence)


def _recalled_body(kept: Sequence[Any]) -> Body:
    observations, near, items, prose, tasks, unclosed = kept
    misses = tuple(NearMiss(*each) for each in near)
    return Body(_recalled_observations(observations), misses, tuple(items), prose, tuple(tasks), unclosed)


def _recalled_observations(kept: Iterable[Sequence[Any]]) -> tuple[Observation, ...]:
    return tuple(
        Observation(kind, text, line, tuple(tags), severity, who, done, _recalled_observations(evidence))
        for kind, text, line, tags, severity, who, done, evidence in kept
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
