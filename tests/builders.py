"""Notes and verdicts for tests, in one line each. Values are given as people would type them."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from interviewlog.card import card_of
from interviewlog.config import Config
from interviewlog.insights import counting
from interviewlog.insights.counting import Introduction, Verdict
from interviewlog.insights.people import People
from interviewlog.interview import Interview
from interviewlog.likeness import is_same_conversation
from interviewlog.note import parse
from interviewlog.problem import Problem
from interviewlog.settings import parse_config
from interviewlog.slugs import slug

FIELDS: Mapping[str, Any] = {
    "date": "2026-11-18",
    "product": "reseller-portal",
    "customer": '"Acme Freight"',
    "pm": "caroline",
    "type": "learning",
}
BODY = "# Acme Freight\n\n- pain: SSO setup took three days #sso\n"


def note_text(*, body: str = BODY, **fields: Any) -> str:
    """Give a note's text; a field is raw YAML or a list of it, None leaves it out."""
    shown = {key: value for key, value in {**FIELDS, **fields}.items() if value is not None}
    lines = [f"{key}: {_raw(value)}".rstrip() for key, value in shown.items()]
    return "\n".join(["---", *lines, "---", body])


def _raw(value: Any) -> str:
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list | tuple) else str(value)


def interview(path: str = "", *, body: str = BODY, template: frozenset[str] = frozenset(), **fields: Any) -> Interview:
    """Give a note as it is read; text may hold anything, a list is a tuple or list, None leaves a field out."""
    typed = {"date": FIELDS["date"], "product": FIELDS["product"], "customer": "Acme Freight", **fields}
    where = path or f"prod/interviews/{typed['product']}/{slug(typed['customer'])}-{typed['date']}.md"
    raw = note_text(body=body, **{key: _quoted(value) for key, value in typed.items()})
    note = parse(where, raw.encode(), template)
    assert isinstance(note, Interview), note
    return note


def _quoted(value: Any) -> Any:
    if isinstance(value, str):
        return json.dumps(value)
    return [_quoted(item) for item in value] if isinstance(value, list | tuple) else value


def problem(path: str = "prod/interviews/reseller-portal/broken-2026-11-18.md", **fields: Any) -> Problem:
    """Give a note that cannot be read, since its type is missing."""
    note = parse(path, note_text(**{"type": None, **fields}).encode())
    assert isinstance(note, Problem)
    return note


def introduced(
    notes: Sequence[Interview | Problem], email: str = "caroline@example.com", **changes: Any
) -> dict[str, Introduction]:
    """Bring notes in by one commit each, in the order given, on the day of the conversation."""
    return {
        note.path: Introduction(**{"commit": f"{order:040x}", "name": email.partition("@")[0], "email": email,
                                   "day": note.date or date(2026, 11, 18), "order": order} | changes)
        for order, note in enumerate(notes, 1)
    }  # fmt: skip


def judge(
    notes: Sequence[Interview | Problem],
    drafts: Sequence[Interview | Problem],
    introductions: Mapping[str, Introduction],
    people: People,
) -> list[Verdict]:
    """Judge notes by their cards, as the commands do."""
    read = {note.path: note for note in notes if isinstance(note, Interview)}
    filed, new = ([card_of(note) if isinstance(note, Interview) else note for note in each] for each in (notes, drafts))
    return counting.judge(
        filed, new, introductions, people, lambda one, other: is_same_conversation(read[one], read[other])
    )


def cpu_seconds(work: Callable[[], object]) -> float:
    """Tell how long a piece of work takes, whatever else the machine does meanwhile."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


ROSTER = """\
own: {domains: [example.com], companies: [Example Inc]}
pms:
  caroline: {name: Caroline Ruiz, emails: [caroline@example.com, caro@example.com]}
  dev: {name: Dev Patel, emails: [dev@example.com]}
"""


def config(text: str = ROSTER) -> Config:
    return parse_config(text)


def people(text: str = ROSTER, **aliases: tuple[str, str]) -> People:
    return People(config(text), aliases)
