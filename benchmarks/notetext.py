"""One generated note: what it says, and whether that counts."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from random import Random

from words import (
    CHANNELS,
    HEADINGS,
    JOBS,
    OUTCOMES,
    OWN_COMPANIES,
    PROSE,
    QUOTES,
    ROLES,
    SAID,
    SEGMENTS,
    TAGS,
    THINGS,
    VIA,
)

BROKEN = (
    "open-end", "no-front-matter", "double-key", "no-customer", "no-type", "no-date", "no-such-day", "bracket",
    "anchor", "latin-1", "conflict", "list",
)  # fmt: skip
SPOKEN_WITH = ("learning", "win-loss", "site-visit")


@dataclass(slots=True)
class Note:
    product: str
    customer: str
    slug: str
    day: date
    pms: list[str]  # as the front matter has it; empty: no `pm` at all
    kind: str
    source: str = "direct"
    consent: str = "notes"
    participants: list[str] = field(default_factory=list)
    minutes: int | None = None
    body: str = ""
    hollow: bool = False  # the body holds nothing of the writer's own
    broken: str = ""
    twin_of: Note | None = None
    ending: str = ""  # "-2" for a second note of that day
    fields: list[str] = field(default_factory=list)  # further lines of front matter
    settled: bool = False  # another note leans on this one: it stays as it is
    author: str = ""  # handle or e-mail of whoever introduced it, and the week by their clock
    week: str = ""
    path: str = ""
    exists: bool = False

    @property
    def file(self) -> str:
        return f"{self.slug}-{self.day}{self.ending}.md"

    @property
    def reason(self) -> str | None:
        """Why the note is not counted."""
        tests = (
            ("invalid", bool(self.broken)),
            ("sales", self.kind == "sales"),
            ("support-listen", self.kind == "support-listen"),
            ("second-hand", self.source == "second-hand"),
            ("own-company", self.customer in OWN_COMPANIES),
            ("empty", self.hollow and self.consent != "declined"),
            ("duplicate", self.twin_of is not None),
        )
        return next((reason for reason, applies in tests if applies), None)

    def content(self) -> bytes:
        head = self._head()
        if self.broken == "no-front-matter":
            return self.body.encode()
        if self.broken == "open-end":
            return "\n".join(["---", *head, "", self.body]).encode()
        text = "\n".join(["---", *head, "---", self.body])
        return text.encode("latin-1", "replace") if self.broken == "latin-1" else text.encode()

    def _head(self) -> list[str]:
        pms = [f"pm: {self.pms[0]}"] if len(self.pms) == 1 else [f"pm: [{', '.join(self.pms)}]"] if self.pms else []
        lines = {
            "date": f"date: {self.day}",
            "product": f"product: {self.product}",
            "customer": f"customer: {quoted(self.customer)}",
            "pm": "\n".join(pms),
            "type": f"type: {self.kind}",
            "source": f"source: {self.source}",
            "consent": f"consent: {self.consent}",
            "participants": f"participants: [{', '.join(map(quoted, self.participants))}]" if self.participants else "",
            "minutes": f"minutes: {self.minutes}" if self.minutes else "",
        }
        broken = {
            "double-key": ("customer", f"customer: {quoted(self.customer)}\ncustomer: {quoted(self.customer + ' 2')}"),
            "no-customer": ("customer", ""),
            "no-type": ("type", ""),
            "no-date": ("date", ""),
            "no-such-day": ("date", f"date: {self.day.year}-02-30"),
            "bracket": ("consent", f"consent: {self.consent}\nsegments: [enterprise"),
            "anchor": ("customer", f"customer: &who {quoted(self.customer)}\ngoal: *who"),
            "latin-1": ("minutes", "goal: café"),
            "conflict": ("type", f"<<<<<<< HEAD\ntype: {self.kind}\n=======\ntype: sales\n>>>>>>> theirs"),
        }
        if self.broken in broken:
            key, line = broken[self.broken]
            lines[key] = line
        head = [line for line in lines.values() if line] + self.fields
        return [f"- {line}" for line in head] if self.broken == "list" else head


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def further_fields(rng: Random, note: Note) -> list[str]:
    """The lines of front matter that no count depends on."""
    lines = []
    if note.source == "second-hand":
        lines.append(f"via: {rng.choice(VIA)}")
    if rng.random() < 0.9:
        who = rng.choice(("customer", "customer", "customer", "prospect", "lost", "former", "non-customer", "partner"))
        lines.append(f"relationship: {who}")
    if rng.random() < 0.7:
        lines.append(f"roles: [{', '.join(rng.sample(ROLES, rng.randint(1, 2)))}]")
    if rng.random() < 0.7:
        lines.append(f"segments: [{rng.choice(SEGMENTS)}]")
    if rng.random() < 0.3:
        lines.append(f"channel: {rng.choice(CHANNELS)}")
    if note.kind == "win-loss":
        lines.append(f"outcome: {rng.choice(OUTCOMES)}")
    if rng.random() < 0.6:
        lines.append(f"tldr: {quoted(f'heard how {rng.choice(THINGS)} slows them down, and praise for the rest')}")
    if rng.random() < 0.25 and note.consent in ("quotes", "recording"):
        lines.append(f"nugget: {quoted(f'They keep a paper list beside {rng.choice(THINGS)}.')}")
    return lines


def participants(rng: Random, number: int) -> list[str]:
    return [f"P{n} – {job}" for n, job in enumerate(rng.sample(JOBS, number), 1)]


def observation(rng: Random) -> str:
    kind = rng.choice(tuple(SAID))
    line = f"- {kind}: {rng.choice(SAID[kind]).format(rng.choice(THINGS))} #{rng.choice(TAGS)}"
    if rng.random() < 0.4:
        line += f" !{rng.randint(1, 3)}"
    if rng.random() < 0.4:
        line += f" (P{rng.randint(1, 2)})"
    if rng.random() < 0.2:
        line += f'\n  - quote: "{rng.choice(QUOTES)}" (P1)'
    return line


def prose(rng: Random, sentences: int) -> str:
    return "\n".join(line.format(rng.choice(THINGS)) for line in rng.sample(PROSE, sentences))


def full_body(rng: Random, note: Note) -> str:
    """Ten to forty lines, as a PM leaves them after a call."""
    parts = [f"# {note.customer}"]
    for heading in HEADINGS[note.kind][: rng.randint(0, 3)]:
        parts += ["", f"## {heading}", prose(rng, rng.randint(1, 4))]
    parts += ["", "## Observations"]
    parts += [observation(rng) for _ in range(rng.randint(2, 9))]
    parts += ["<!-- the rest is for the debrief -->", "", "## Follow-ups"]
    parts += [f"- [ ] send a note about {rng.choice(THINGS)}"]
    if rng.random() < 0.5:
        parts += ["", "## Debrief", prose(rng, 2)]
    return "\n".join(parts) + "\n"


def slight_body(rng: Random, note: Note) -> str:
    """Just enough to count."""
    enough = (
        f"- pain: {rng.choice(THINGS)} is slow",
        f"- they dislike {rng.choice(THINGS)}\n- they asked for the roadmap",
        prose(rng, 4),
    )
    return f"# {note.customer}\n\n## Observations\n{rng.choice(enough)}\n"


def hollow_body(rng: Random, note: Note) -> str:
    """Almost something."""
    nearly = (
        "",
        "<!--\n- pain: an example of how to write it #sso\n-->\n",
        "- asked about prices\n",
        "- pian: prices\n",
        "Short call, more next week.\n",
        "> - pain: said by somebody else\n",
    )
    return f"# {note.customer}\n\n## Context\n<!-- where did it happen? -->\n\n## Observations\n{rng.choice(nearly)}"


def twin_body(note: Note) -> str:
    """Nearly the same text."""
    return note.body.replace("## Observations", "## Observations ", 1).replace(" twice", " again", 1)
