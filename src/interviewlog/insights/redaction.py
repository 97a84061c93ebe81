"""What a redaction makes of notes: stubs, or notes without the words of one participant."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count
from shlex import quote

from interviewlog import withdrawal
from interviewlog.config import Config
from interviewlog.draft import value_text
from interviewlog.errors import Code, IlogError
from interviewlog.insights.passages import Words, folded, runs, with_evidence
from interviewlog.interview import REDACTED, Interview
from interviewlog.likeness import kin
from interviewlog.note import parse, split
from interviewlog.notepath import FileName
from interviewlog.problem import Problem, product_of
from interviewlog.stub import is_mark, stub
from interviewlog.withdrawal import Boilerplate
from interviewlog.yamltext import YamlError

CODE = re.compile(r"[Pp][0-9]+")
_LEADING_OUT = ("recording", "consent_ref", "crm")


@dataclass(frozen=True, slots=True)
class Redaction:
    """What becomes of one note: the bytes it held and those it holds then, the same where nothing is left to take.

    `names` are the customer's, as people write it and as the path does; `whole` says why all of a note goes although
    one participant was asked for; `to_read` are lines of the new text that name them still. `leads` are fields whose
    value leads to what is kept elsewhere.
    """

    path: str
    old: bytes
    new: bytes
    names: tuple[str, ...] = ()
    day: date | None = None
    whole: str = ""
    to_read: tuple[int, ...] = ()
    leads: tuple[str, ...] = ()

    @property
    def is_done(self) -> bool:
        return self.old == self.new


def stubs(raws: Mapping[str, bytes], config: Config, template: frozenset[str]) -> list[Redaction]:
    """Redact notes, path to bytes, down to their stubs; those that tell one conversation go on doing so."""
    read = {path: parse(path, raw, template) for path, raw in raws.items()}
    same = _same(note for note in read.values() if isinstance(note, Interview))

    def is_colleague(word: str) -> bool:
        ours = tuple(f"@{domain.casefold().lstrip('@')}" for domain in config.own_domains)
        return bool(config.pm_of(word)) or word.strip().casefold().endswith(ours)

    return [
        _redaction(read[path], raw, stub(path, raw, is_colleague, same=same.get(path, ""), template=template))
        for path, raw in raws.items()
    ]


def _redaction(note: Interview | Problem, old: bytes, new: bytes) -> Redaction:
    name = FileName.read(note.path)
    names = dict.fromkeys([note.customer] if isinstance(note, Interview) else [])
    names |= dict.fromkeys([name.customer] if name else [])
    leads = tuple(each for each in _LEADING_OUT if getattr(note, each, ()))
    return Redaction(note.path, old, new, tuple(names), note.date or (name.day if name else None), leads=leads)


def _same(notes: Iterable[Interview]) -> dict[str, str]:
    """Give notes that tell one conversation, once their words are gone, the same mark to be known by."""
    talks: dict[tuple[str, str, date], list[Interview]] = {}
    for note in notes:
        talks.setdefault((note.product, note.slug, note.date), []).append(note)
    marks: dict[str, str] = {}
    for talk in talks.values():
        given = {each for note in talk for each in note.participants if is_mark(each)}
        for group in kin(talk):
            members = [talk[number] for number in sorted(group)]
            mark = next((each for note in members for each in note.participants if is_mark(each)), "")
            mark = mark or next(each for each in _marks() if each not in given)
            given.add(mark)
            marks |= {note.path: mark for note in members if note.path not in marks}
    return marks


def _marks() -> Iterable[str]:
    yield REDACTED
    yield from (f"{REDACTED} {number}" for number in count(2))


def participant(path: str, raw: bytes, code: str, config: Config, template: Boilerplate) -> Redaction:
    """Take back what one participant (their code, such as P2) said in a note; all of it where nobody else spoke.

    Raises IlogError: 65 when the note cannot be read, or not be changed without changing what others said; 66 when
    nobody in it has that code.
    """
    note = parse(path, raw, template.lines)
    if isinstance(note, Problem):
        raise _by_hand(path, f"{note.what}; {note.mend}")
    if not has_participant(note, code, template):
        if note.is_redacted:
            return _redaction(note, raw, raw)
        raise IlogError(f"nobody is {code} in this note: {path}", hint=f"ilog show {quote(path)}", code=Code.NO_NOTE)
    if _is_alone(note, code, template):
        return _all_of(path, raw, config, template, f"{code} was the only participant")
    try:
        new = _without(note, raw, code, template)
    except YamlError as error:
        raise _by_hand(path, error.what) from None
    left = parse(path, new, template.lines)
    if isinstance(left, Problem) or not _is_same_but_for(note, left, code, template):
        raise _by_hand(path, f"what {code} said is too closely woven into the rest")
    if _is_alone(left, code, template) or (left.body.is_empty and not note.body.is_empty):
        return _all_of(path, raw, config, template, f"beside what {code} said there is nothing left to count")
    found = _redaction(note, raw, new)
    listed = left.lines.get("participants")
    to_read = tuple(line for line in withdrawal.naming(new.decode(), code, template) if line != listed)
    return Redaction(path, raw, new, found.names, found.day, to_read=to_read)


def has_participant(note: Interview, code: str, template: Boilerplate) -> bool:
    """Tell whether somebody in a note has this code."""
    listed = any(withdrawal.is_code_of(each, code) for each in note.participants)
    return listed or bool(withdrawal.without(note.text, code, template).lines)


def _is_alone(note: Interview, code: str, template: Boilerplate) -> bool:
    """Tell whether nobody but the one with this code is listed in a note, or marked for a word of it."""
    others = withdrawal.codes_in(note.text, template) - {code}
    return not others and all(withdrawal.is_code_of(each, code) for each in note.participants)


def _all_of(path: str, raw: bytes, config: Config, template: Boilerplate, why: str) -> Redaction:
    (found,) = stubs({path: raw}, config, template.lines)
    return Redaction(path, raw, found.new, found.names, found.day, whole=why, leads=found.leads)


def _by_hand(path: str, why: str) -> IlogError:
    hint = f"ilog edit {quote(path)}, or the whole note: ilog redact {quote(path)}"
    return IlogError(f"cannot take one participant out of {path}: {why}", hint=hint, kept=path, code=Code.BAD_NOTE)


def _without(note: Interview, raw: bytes, code: str, template: Boilerplate) -> bytes:
    parts = split(raw)
    done = withdrawal.without(parts.body.decode(), code, template)
    new = raw[: len(raw) - len(parts.body)] + done.text.encode()
    people = [withdrawal.code_alone(each, code) for each in note.participants]
    if people != list(note.participants):
        new = withdrawal.with_line(new, "participants", f"participants: {value_text(people)}")
    gone = {at + note.body_line for at in done.lines}
    said = [each.text for each in with_evidence(note.body.observations) if each.line in gone]
    for name in ("tldr", "nugget"):
        if _repeats(getattr(note, name) or "", [*done.taken, *said]):
            new = withdrawal.with_line(new, name, f"{name}:")
    return new


def _repeats(text: str, taken: Iterable[str]) -> bool:
    """Tell whether a text has five words in a row of what was taken, or is it."""
    words = folded(text)
    said: set[Words] = {folded(each) for each in taken}
    return words in said or not set(runs(words)).isdisjoint(run for each in said for run in runs(each))


def _is_same_but_for(old: Interview, new: Interview, code: str, template: Boilerplate) -> bool:
    """Tell whether everything stands as before, but for what a participant said."""
    gone = {at + old.body_line for at in withdrawal.without(old.text, code, template).lines}
    before = [each for each in with_evidence(old.body.observations) if each.line not in gone and each.text != REDACTED]
    after = [each for each in with_evidence(new.body.observations) if each.text != REDACTED]
    said = [[(each.kind, each.text, each.tags, each.severity, each.who) for each in them] for them in (before, after)]
    touched = {"participants", "tldr", "nugget"}
    fields = (set(old.lines) | set(new.lines)) - touched
    return said[0] == said[1] and all(_value(old, name) == _value(new, name) for name in fields)


def _value(note: Interview, name: str) -> object:
    return note.extra.get(name, getattr(note, name, None))


def subject(redactions: Iterable[Redaction], what: str = "") -> str:
    """Give the subject of a commit: products and days, and no customer's name."""
    found = list(redactions)
    products = ", ".join(dict.fromkeys(product_of(each.path) for each in found))
    about = f"{what}, " if what else ""
    if len(found) == 1:
        day = found[0].day
        return f"Redact: {about}{products}{f', {day.isoformat()}' if day else ''}"
    return f"Redact: {about}{len(found)} notes in {products}"
