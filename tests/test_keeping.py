"""A note that was kept is the note that was read."""

import json

from hypothesis import example, given, settings
from hypothesis import strategies as st

from builders import note_text
from interviewlog.fields import FIELDS
from interviewlog.interview import Interview
from interviewlog.keeping import keep, recall
from interviewlog.note import parse
from interviewlog.problem import Problem

PATH = "prod/interviews/reseller-portal/acme-2026-11-18.md"
signs = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
words = st.sampled_from(
    ["Acme", "2026-11-18", "learning", "sales", "x y", "true", "35", "notes", "smb", "won", "", "ü", "~", "null"]
)
value = (words | signs).map(lambda text: json.dumps(text, ensure_ascii=False))
values = value | st.lists(value, max_size=3).map(lambda each: f"[{', '.join(each)}]") | st.dictionaries(
    value, value, max_size=2).map(lambda pairs: "{" + ", ".join(f"{key}: {each}" for key, each in pairs.items()) + "}")  # fmt: skip
fields = st.dictionaries(st.sampled_from(sorted(FIELDS)) | signs.map(lambda key: json.dumps(key, ensure_ascii=False)),
                         values, max_size=8)  # fmt: skip
lines = st.sampled_from([
    "- pain: SSO took days #sso !3 (P1)", "  > so they said", "    - quote: more of it", "- [ ] call back", "- [x] done: thing",
    "- Pain : nearly", "- a word", "# Heading", "<!-- a question", "-->", "```", "> quoted", "", "prose and prose", "\t- tab",
    "- insight: ünï 東京 #a #b (somebody)", "\r", "{{customer}}",
])  # fmt: skip
bodies = st.lists(lines | signs, max_size=12).map("\n".join)


@given(
    fields,
    bodies,
    st.sampled_from([{}, {"type": None}, {"date": None}, {"date": '"2026-02-30"'}, {"customer": '"???"'}]),
)
@settings(max_examples=300, deadline=None)
def test_any_note_that_is_read_is_recalled_as_it_was(given_fields, body, needed):
    raw = note_text(body=body, **{**given_fields, **needed}).encode("utf-8", "surrogatepass")
    is_recalled(raw)


def is_recalled(raw: bytes) -> Interview | Problem:
    note = parse(PATH, raw)
    text = note.text if isinstance(note, Interview) else ""
    again = recall(keep(note), PATH, text)
    assert again == note
    assert hash(type(again)) == hash(type(note))
    if isinstance(note, Interview):
        assert isinstance(again, Interview)
        assert (again.lines, again.body_line, again.extra) == (note.lines, note.body_line, note.extra)
    return note


@given(st.binary(max_size=80).map(lambda raw: b"---\ndate: 2026-11-18\ncustomer: A\ntype: sales\n" + raw))
@example(b"---\ndate: 2026-11-18\ncustomer: A\ntype: sales\nx: {a: [b, {c: d}], e: ''}\ny: []\nz: {}\n---\n")
@example(b'---\ndate: 2026-11-18\ncustomer: "\\ud800"\ntype: sales\n---\n')
@example(b"---\ndate: 2026-11-18\ncustomer: A\ntype: sales\nwhat: said\nsaid: what\n---\n")
@example(b"---\ndate: 2026-11-18\npm: [dev, eve]\ntype: sales\n---\n")
@example(b"\xff")
@example(b"")
@settings(max_examples=200, deadline=None)
def test_bytes_of_any_kind_are_recalled_as_they_were_read(raw):
    is_recalled(raw)


def test_deep_lists_are_recalled():
    body = "".join("  " * depth + "- pain: deeper\n" for depth in range(300)).encode()
    is_recalled(note_text(body="").encode() + body)


def test_a_kept_note_stands_at_whatever_path_asks_for_it():
    note = parse(PATH, note_text().encode())
    assert isinstance(note, Interview)
    other = recall(keep(note), "elsewhere/checkout/x.md", note.text)
    assert isinstance(other, Interview)
    assert (other.path, other.product, other.body) == ("elsewhere/checkout/x.md", "checkout", note.body)
