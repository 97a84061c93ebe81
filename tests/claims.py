"""What must hold for all input, each claim once: Hypothesis and the fuzzer in tests/fuzz both ask them.

A claim takes bytes or text, raises AssertionError where it does not hold, and gives nothing back.
"""

import json
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import Any

import yaml

from builders import config
from interviewlog import plainyaml
from interviewlog.card import card_of
from interviewlog.edit import set_field
from interviewlog.errors import Code, IlogError
from interviewlog.insights.check import check
from interviewlog.interview import Interview, Observation
from interviewlog.keeping import keep, recall
from interviewlog.kinds import KINDS, kind_of
from interviewlog.note import parse, split
from interviewlog.notepath import FileName, path_of
from interviewlog.observations import read_body
from interviewlog.problem import Problem
from interviewlog.render import data, listing, reports
from interviewlog.render.clean import FORBIDDEN
from interviewlog.slugs import is_slug, slug
from interviewlog.yamltext import MOST_NODES, Document, YamlError, by_events, load

PATH = "prod/interviews/reseller-portal/acme-freight-2026-11-18.md"
TODAY = date(2026, 11, 20)
CONFIG = config()
_LINE_END = re.compile(rb"\r\n|\n|\r")
_COMMENT = re.compile(r"(?:\A|(?<=[\r\n]))#[^\r\n]*")
_UNSEEN_LINE_END = re.compile("[\x85\u2028\u2029]")
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_QUOTES = {"'", '"'}
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\..*)?")
_DEEPEST = 20


def parts_are_all_bytes(raw: bytes) -> None:
    """I1: cutting a note loses no byte, and the body's first line has the number that editors give it."""
    try:
        parts = split(raw)
    except YamlError:
        return
    assert parts.head + parts.front + parts.closer + parts.body == raw
    assert parts.head.removeprefix(b"\xef\xbb\xbf").startswith(b"---")
    assert parts.closer[:3] in {b"---", b"..."}
    assert parts.body_line == 1 + len(_LINE_END.findall(raw[: len(raw) - len(parts.body)]))


def a_field_is_set_alone(raw: bytes, key: str, value: str | list[str]) -> None:
    """I2: one field changes; body, comments and all that other fields say stay. Or a person must change it."""
    try:
        after = set_field(raw, key, value)
    except IlogError as error:
        assert error.code in {Code.BAD_NOTE, Code.USAGE}  # noqa: PT017
        assert error.hint  # noqa: PT017
        return
    old, new = _fields(raw), _fields(after)
    before, now = split(raw), split(after)
    assert new is not None
    assert new.get(key, type(value)()) == value
    assert (now.head, now.closer, now.body) == (before.head, before.closer, before.body)
    assert set_field(after, key, value) == after
    if old is not None:
        assert list(new.items()) == list((old | ({key: value} if key in new else {})).items())
        assert not _comments(raw) - _comments(after)


def _fields(raw: bytes) -> dict[str, Any] | None:
    try:
        return dict(load(split(raw).front.decode()).value)
    except (YamlError, ValueError):
        return None


def _comments(raw: bytes) -> Counter[str]:
    """Count the lines of a front matter that are comments, and not part of a text in quotes over several lines.

    Where YAML sees the end of a line and no editor does, nobody can say what is one.
    """
    front = split(raw).front.decode()
    if _UNSEEN_LINE_END.search(front):
        return Counter()
    tokens = yaml.scan(front, Loader=_LOADER)
    quoted = [(each.start_mark.index, each.end_mark.index) for each in tokens if getattr(each, "style", "") in _QUOTES]
    return Counter(
        found[0].strip()
        for found in _COMMENT.finditer(front)
        if not any(start < found.start() < end for start, end in quoted)
    )


def names_make_a_safe_path(customer: str, product: str, day: date = TODAY, number: int = 1) -> None:
    """I3: a path in its folder, the same on every file system, from any two names that leave a slug."""
    folder, file = slug(product), slug(customer)
    if not folder or not file:
        return
    name = FileName(file, day, number)
    path = path_of("prod/interviews", folder, name)
    parts = PurePosixPath(path).parts
    assert parts == ("prod", "interviews", folder, str(name))
    assert path.isascii()
    assert path.casefold() == path
    assert len(path.encode()) <= 200
    assert not any(part[0] in "-." or part[-1] in ". " or _RESERVED.fullmatch(part) for part in parts)
    assert is_slug(folder)
    assert is_slug(file)
    assert (slug(file), slug(customer)) == (file, file)
    assert FileName.read(path) == name


def a_note_is_read_to_an_answer(raw: bytes) -> None:
    """I5 and I10: an interview or a problem, which can be kept, checked and shown without harm."""
    note = parse(PATH, raw)
    found = check([note], CONFIG, TODAY)
    assert all(each.what and each.mend for each in found)
    shown = [reports.text(found), data.dumps([data.report(each) for each in found])]
    if isinstance(note, Problem):
        assert note.what
        assert note.mend
        assert 1 <= note.line <= len(_LINE_END.findall(raw)) + 1
        assert note.column >= 1
        text = ""
    else:
        text = note.text
        assert raw.endswith(text.encode())
        shown += [listing.note_text(note), listing.table([card_of(note)]), data.listing_csv([note])]
        shown.append(data.dumps(data.interview(note)))
        json.loads(shown[-1])
    assert recall(keep(note), PATH, text) == note
    assert isinstance(note, Interview | Problem)
    assert not any(FORBIDDEN.search(each) for each in shown)


def both_ways_to_read_fields_agree(raw: bytes) -> None:
    """The quick reading of plain front matter says what the parser's events say, or leaves it to them."""
    try:
        front = split(raw).front.decode()
    except (YamlError, UnicodeDecodeError):
        return
    quick = plainyaml.read(front, MOST_NODES, 2)
    if quick:
        assert by_events(front, MOST_NODES, 2) == Document(quick.values, quick.lines)


def a_body_is_read_by_the_grammar(text: str) -> None:
    """What was read stands where it says; neither line ends nor what is above change it; mends are observations."""
    body = read_body(text)
    lines = len(_LINE_END.findall(text.encode("utf-8", "replace"))) + 1
    seen = _every(body.observations)
    assert all(each.kind in KINDS and each.text == each.text.strip() for each in seen)
    assert all(1 <= each.line <= lines and each.severity in {None, 0, 1, 2, 3} for each in seen)
    assert all(tag == tag.lower() and tag.strip() and "#" not in tag for each in seen for tag in each.tags)
    assert all(each.who == "" or re.fullmatch(r"P[0-9]+", each.who) for each in seen)
    assert all(1 <= miss.line <= lines and kind_of(" ".join(f"{miss.mend[2:]} x".split())) for miss in body.near_misses)
    assert body.prose >= 0
    assert _deepest(body.observations) <= _DEEPEST
    later = read_body(text, 10)
    assert [each.line for each in _every(later.observations)] == [each.line + 9 for each in seen]
    if "\r" not in text:
        for line_end in ("\r\n", "\r"):
            assert read_body(text.replace("\n", line_end)) == body


def _every(observations: Sequence[Observation]) -> list[Observation]:
    return [each for one in observations for each in (one, *_every(one.evidence))]


def _deepest(observations: Sequence[Observation]) -> int:
    return max((1 + _deepest(each.evidence) for each in observations), default=0)
