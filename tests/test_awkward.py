"""Notes as hurried people, other tools and hostile ones write them, each with its answer beside it.

`tests/awkward/<class>/<name>.md` is a note, `<name>.json` what reading it must give:
`{"interview": …}` with every field that is not empty, `observations` as "kind: text", `findings` by code, and keys of
no meaning to ilog under `extra`; or `{"problem": {"line", "column", "what", "mend"}}`, where `column` may be left out
and `what` and `mend` are parts of the message, one or a list. A crash that `make fuzz` finds becomes a pair here.
"""

import dataclasses
import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builders import cpu_seconds
from interviewlog.edit import set_field
from interviewlog.errors import Code, IlogError
from interviewlog.interview import Interview
from interviewlog.keeping import keep, recall
from interviewlog.note import parse, split
from interviewlog.problem import Problem
from interviewlog.yamltext import YamlError, load

FOLDER = Path(__file__).parent / "awkward"
PATH = "prod/interviews/reseller-portal/acme-freight-2026-11-18.md"
NAMES = sorted(str(path.relative_to(FOLDER).with_suffix("")) for path in FOLDER.rglob("*.md"))
NOT_FIELDS = {"path", "product", "body", "text", "findings", "lines", "body_line"}
LINE_END = re.compile(r"\r\n|\n|\r")
SHOWN = re.compile(r"(?:put (?:it|all of it) in quotes|double it|close it): (.*\w: [^…]+)|write (\w+: (?!for )[^…]+)")


def raw_of(name: str) -> bytes:
    return (FOLDER / f"{name}.md").read_bytes()


def answer_to(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


def said(note: Interview) -> dict[str, Any]:
    """Give what a note says, in the words of the answers; what it does not say is left out."""
    fields = {
        each.name: _plain(getattr(note, each.name)) for each in dataclasses.fields(note) if each.name not in NOT_FIELDS
    }
    fields["observations"] = [f"{each.kind}: {each.text}" for each in note.body.observations]
    fields["findings"] = [each.code for each in note.findings]
    return {name: value for name, value in fields.items() if value not in (None, False, [], {})}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else dict(value) if isinstance(value, Mapping) else value


def parts_of(expected: str | list[str]) -> list[str]:
    return [expected] if isinstance(expected, str) else expected


def test_the_corpus_is_large_enough_and_every_note_has_its_answer() -> None:
    files = {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.is_file()} - {".gitattributes"}
    assert files == {f"{name}{ending}" for name in NAMES for ending in (".md", ".json")}
    assert len(NAMES) >= 150
    assert len({name.partition("/")[0] for name in NAMES}) >= 40


@pytest.mark.parametrize("name", NAMES)
def test_an_awkward_note_gets_its_answer(name: str) -> None:
    note, expected = parse(PATH, raw_of(name)), answer_to(name)
    if isinstance(note, Interview):
        assert {"interview": said(note)} == expected
        return
    wanted = expected.get("problem")
    assert wanted, note
    assert (note.line, note.column) == (wanted["line"], wanted.get("column", note.column)), note
    assert all(part in note.what for part in parts_of(wanted["what"])), note
    assert all(part in note.mend for part in parts_of(wanted["mend"])), note


def test_a_problem_is_told_in_two_short_lines_and_stands_in_the_file() -> None:
    for name in NAMES:
        note, raw = parse(PATH, raw_of(name)), raw_of(name)
        if isinstance(note, Problem):
            assert note.what, name
            assert note.mend, name
            assert len(note.what + note.mend) < 800, name
            assert not LINE_END.search(note.what + note.mend), name
            assert 1 <= note.line <= len(re.findall(rb"\r\n|\n|\r", raw)) + 1, name
            assert note.column >= 1, name


def test_doing_what_a_mend_shows_mends_it() -> None:
    """A mend that names another line, or a line that would be refused again, sends people the wrong way."""
    followed = [name for name in NAMES if _is_mended_as_shown(name)]
    assert len(followed) >= 20


def _is_mended_as_shown(name: str) -> bool:
    note = parse(PATH, raw_of(name))
    shown = SHOWN.fullmatch(note.mend) if isinstance(note, Problem) else None
    if not isinstance(note, Problem) or not shown:
        return False
    lines = LINE_END.split(raw_of(name).decode())
    blank = lines[note.line - 1][: len(lines[note.line - 1]) - len(lines[note.line - 1].lstrip())]
    lines[note.line - 1] = f"{blank}{shown[1] or shown[2]}"
    again = parse(PATH, "\n".join(lines).encode())
    assert isinstance(again, Interview), f"{name}: {note.mend}: {again}"
    return True


def test_no_note_takes_a_second() -> None:
    for name in NAMES:
        raw = raw_of(name)
        assert cpu_seconds(lambda raw=raw: parse(PATH, raw)) < 1, name


def test_the_parts_of_every_note_are_all_its_bytes() -> None:
    cut = 0
    for name in NAMES:
        try:
            parts = split(raw_of(name))
        except YamlError:
            continue
        assert parts.head + parts.front + parts.closer + parts.body == raw_of(name), name
        cut += 1
    assert cut > len(NAMES) / 2


def test_what_was_read_is_kept_and_recalled() -> None:
    for name in NAMES:
        note = parse(PATH, raw_of(name))
        text = note.text if isinstance(note, Interview) else ""
        assert recall(keep(note), PATH, text) == note, name


@pytest.mark.parametrize(
    ("key", "value"), [("crm", "no: #1"), ("segments", ["a", "b"]), ("type", "sales"), ("pm", "@x")]
)
def test_one_field_is_changed_and_nothing_else_or_nothing_at_all(key: str, value: str | list[str]) -> None:
    changed = 0
    for name in NAMES:
        raw = raw_of(name)
        after = _with(raw, key, value)
        if after is None:
            continue
        before, now = split(raw), split(after)
        assert (now.head, now.closer, now.body) == (before.head, before.closer, before.body), name
        old, new = fields_of(raw), fields_of(after)
        assert new is not None, name
        assert new[key] == value, name
        if old is not None:
            assert list((old | {key: value}).items()) == list(new.items()), name
        else:  # only that field could not be read
            assert _others(before.front, key) == _others(now.front, key), name
        changed += 1
    assert changed > len(NAMES) / 3


def _with(raw: bytes, key: str, value: str | list[str]) -> bytes | None:
    """Change a field; None where it was refused, which only notes are that a person has to mend."""
    try:
        return set_field(raw, key, value)
    except IlogError as error:
        if error.code != Code.BAD_NOTE:
            raise
        return None


def fields_of(raw: bytes) -> dict[str, Any] | None:
    """Give the fields as they are read, None where they cannot be."""
    try:
        return dict(load(split(raw).front.decode()).value)
    except (YamlError, UnicodeDecodeError):
        return None


def _others(front: bytes, key: str) -> list[bytes]:
    """Give the lines of a front matter but for that of one field."""
    return [line for line in re.split(rb"\r\n|\n|\r", front) if not line.startswith(key.encode())]
