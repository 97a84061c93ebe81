"""What a redaction did and what is left to do, as a Markdown page to keep, and as JSON."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from interviewlog.insights.redaction import Redaction
from interviewlog.insights.runbook import Runbook, Step
from interviewlog.render.clean import clean, clean_block
from interviewlog.whereabouts import Remain

_MOST = 50  # of one kind in a list for people; JSON has all

_KINDS = {
    "copy": "the same text under another name: {}",
    "branch": "the branch {}, which would bring it back if it were merged",
    "behind": "the branch {}, as long as it stays where it is",
    "tag": "the tag {}",
    "stash": "the stash {}",
    "reflog": "{}",
    "worktree": "another work tree: {}",
    "file": "what an editor left: {}",
    "draft": "a copy that ilog put aside and could not delete: {}",
    "index": "ilog's index, which another ilog is using: {}",
}
_ELSEWHERE = (
    "clones of your colleagues, forks and pull requests",
    "chats where its two lines were pasted, and clipboards that remember; chats have a retention of their own",
    "reports, exports and mails made from it",
    "caches and artifacts of CI, and backups of disks and of the server",
)


def page(book: Runbook) -> str:
    """Give the page: what was redacted, what a person has to read, where it may still be, and the steps."""
    parts = [*_done(book), *_read(book), *_name(book), *_places(book), *_steps(book.steps)]
    return "\n\n".join(parts) + "\n"


def _done(book: Runbook) -> Iterator[str]:
    yield "# Redacted"
    yield _items(f"{_code(each.path)}{_why(each)}" for each in book.redactions)
    if book.commit:
        yield f"Commit {book.commit[:7]}: {clean(book.subject)}. What counted counts as before."


def _why(redaction: Redaction) -> str:
    return f": all of it, since {clean(redaction.whole)}" if redaction.whole else ""


def _read(book: Runbook) -> Iterator[str]:
    """Say what no program can tell: who said what nobody is named for."""
    if not book.code or not any(not each.whole for each in book.redactions):
        return
    yield "## To read yourself"
    named = [
        f"**{book.code} is still named in {lines(each.to_read)}** of {_code(each.path)}; read them"
        for each in book.redactions
        if each.to_read
    ]
    if named:
        yield _items(named)
    yield (
        f"Lines that do not say who spoke may be by {book.code} too. Look at `tldr` and `nugget` as well, and at what "
        "others say of them."
    )


def lines(numbers: Sequence[int]) -> str:
    """Give the lines of a note in words."""
    return f"{'line' if len(numbers) == 1 else 'lines'} {', '.join(map(str, numbers))}"


def _name(book: Runbook) -> Iterator[str]:
    if not book.customer:
        return
    yield "## The customer's name"
    yield (
        "The name stays in paths, in front matter and in the subjects of commits. A code name for it, note by note, "
        '`NOTE` being each of the paths above: `ilog mv NOTE --customer "Project Heron"`.'
    )


def _places(book: Runbook) -> Iterator[str]:
    yield "## Where it may still be"
    found = [_remain(each) for each in _few(book.remains)]
    found += [f"the remote {_code(each.name)}, {_code(each.url)}" for each in book.remotes]
    found += [_lead(each, book) for each in book.redactions if each.leads]
    if book.code:
        found.append(f"`people.yaml`, if it says who {book.code} is")
    yield _items([*found, *_ELSEWHERE])
    if book.mentions:
        yield f"These files name the customer, too{_all_theirs(book)}:"
        more = len(book.mentions) - _MOST
        yield _items([*map(_code, book.mentions[:_MOST]), *([f"and {more} more"] if more > 0 else [])])


def _all_theirs(book: Runbook) -> str:
    """Say how to take all notes of a customer, where only some were asked for."""
    slugs = {each.names[-1] for each in book.redactions if each.names}
    is_one = len(slugs) == 1 and not book.customer
    return f"; {_code(f'ilog redact {slugs.pop()}')} takes all their notes" if is_one else ""


def _few(remains: Sequence[Remain]) -> Iterator[Remain]:
    seen: dict[str, int] = {}
    for each in remains:
        seen[each.kind] = seen.get(each.kind, 0) + 1
        if seen[each.kind] <= _MOST:
            yield each


def _remain(remain: Remain) -> str:
    what = clean(remain.what) if remain.kind == "reflog" else _code(remain.what)
    said = _KINDS[remain.kind].format(what)
    return f"{said}: {_code(remain.hint)}" if remain.hint else said


def _lead(redaction: Redaction, book: Runbook) -> str:
    """Say which fields led to what is kept elsewhere, not where: the page may be passed on."""
    fields = " and ".join(f"`{name}`" for name in redaction.leads)
    before = (book.before or {}).get(redaction.path, "")
    way = f", which {_code(f'git cat-file -p {before[:12]}')} shows" if before else ""
    return f"what {fields} of {_code(redaction.path)} led to{way}"


def _steps(steps: Sequence[Step]) -> Iterator[str]:
    if not steps:
        return
    yield "## Out of the history"
    yield "Git still has the old texts. ilog rewrites no history: whoever may force a push does this, once."
    for number, step in enumerate(steps, 1):
        yield f"### {number}. {step.title}"
        yield clean_block(step.text)
        if step.commands:
            yield f"```sh\n{clean_block(step.commands)}\n```"


def _items(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _code(text: str) -> str:
    """Give a text as code: Markdown takes nothing in it for markup, whatever a path is called."""
    shown = clean(text)
    fence = "`" * (max(map(len, re.findall("`+", shown)), default=0) + 1)
    return f"{fence} {shown} {fence}" if "`" in shown else f"`{shown}`"


def answer(book: Runbook) -> dict[str, Any]:
    """Give the JSON: all that the page says."""
    return {
        "redacted": [
            {"path": each.path, "whole": each.whole or None, "read": list(each.to_read), "led": list(each.leads)}
            for each in book.redactions
        ],
        "commit": book.commit or None,
        "subject": book.subject or None,
        "remains": [{"kind": each.kind, "what": each.what, "next": each.hint or None} for each in book.remains],
        "remotes": [{"name": each.name, "url": each.url} for each in book.remotes],
        "mentions": list(book.mentions),
        "steps": [{"title": each.title, "text": each.text, "commands": each.commands or None} for each in book.steps],
    }
