"""What must hold for every note, whatever is in it: I1 to I5 and I10, on real and awkward notes that were damaged.

The same on texts made of scratch stands with the modules: cutting and reading in test_note, changing in test_edit,
slugs in test_slugs, drafting in test_draft, cleaning, chats and CSV in test_clean, test_chat and test_data.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import claims
from interviewlog.draft import draft
from interviewlog.fields import FIELDS
from interviewlog.insights.summary import summarise
from interviewlog.interview import Interview
from interviewlog.note import parse, split
from interviewlog.render import chat, data
from interviewlog.render.clean import FORBIDDEN, clean
from interviewlog.slugs import slug
from interviewlog.yamltext import load

HERE = Path(__file__).parent
LARGEST = 4096  # of the awkward notes that are damaged; the longest are about length alone
EXAMPLES = [path.read_bytes() for path in sorted((HERE.parent / "examples").rglob("*.md"))]
AWKWARD = [path.read_bytes() for path in sorted((HERE / "awkward").rglob("*.md")) if path.stat().st_size < LARGEST]
TOKENS = [
    b"---\n", b"...\n", b"\n", b"\r", b"\r\n", b"\t", b"  ", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xc2\x85", b"\xff", b"\xed\xa0\x80",
    b"\x00", b"\x1b[31m", b": ", b"- ", b" #", b"# ", b"[", b"]", b"{", b"}", b'"', b"'", b"&a ", b"*a", b"!x ", b"|\n", b">", b"? ",
    b"%", b"@", b"`", b"<<: ", b"<!--", b"-->", b"```\n", b"> ", b"- pain: ", b"(P1)", b" !3", b"<<<<<<< a\n", b"=======\n", b">>>>>>> b\n",
    "é".encode(), "\u202e".encode(), "👩‍💻".encode(),
]  # fmt: skip
quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def damaged(draw: Callable[..., Any]) -> bytes:
    """Give a real or awkward note into which something was typed, and from which something was lost."""
    raw: bytes = draw(st.sampled_from(EXAMPLES) | st.sampled_from(AWKWARD))
    for _ in range(draw(st.integers(0, 3))):
        at, lost = draw(st.integers(0, len(raw))), draw(st.integers(0, 6))
        raw = raw[:at] + draw(st.sampled_from(TOKENS) | st.binary(max_size=4)) + raw[at + lost :]
    return raw


# I1, I2, I5: a note is cut without loss, changed at one field, and read to an answer.


@given(damaged())
@quick
def test_i1_the_parts_of_a_damaged_note_are_all_its_bytes(raw: bytes) -> None:
    claims.parts_are_all_bytes(raw)
    claims.both_ways_to_read_fields_agree(raw)


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(damaged(), st.sampled_from([*FIELDS, "wave", "on", "a: b", "é"]), WORDS | st.lists(WORDS, max_size=2))
@example(b"---\n# why\ntype: learning  # a\r\nroles:\n# who\n- user\n---\n\xff", "roles", ["a", "no"])
@quick
def test_i2_a_field_of_a_damaged_note_is_set_alone_or_not_at_all(raw: bytes, key: str, value: str | list[str]) -> None:
    claims.a_field_is_set_alone(raw, key, value)


@given(damaged())
@quick
def test_i5_a_damaged_note_is_an_interview_or_a_problem_and_can_be_kept_checked_and_shown(raw: bytes) -> None:
    claims.a_note_is_read_to_an_answer(raw)


@given(st.sampled_from(EXAMPLES), st.lists(st.sampled_from(TOKENS) | st.binary(max_size=4), max_size=8))
@quick
def test_a_body_into_which_anything_was_typed_is_read_by_the_grammar(raw: bytes, typed: list[bytes]) -> None:
    body, step = split(raw).body, 97
    pieces = [body[at : at + step] + new for at, new in zip(range(0, len(body), step), typed, strict=False)]
    claims.a_body_is_read_by_the_grammar(b"".join([*pieces, body[len(pieces) * step :]]).decode("utf-8", "replace"))


# I3: names become paths.


NAMES = st.text(max_size=120) | st.sampled_from(
    ["..", "../../etc", "CON", "con.md", "nul ", "--output=x", "-rf", ".git", "a\x00b", "Ａｃｍｅ", "ﷺ" * 30, "🚀", "x" * 300, "\ud800a"]
)  # fmt: skip


@given(NAMES, NAMES, st.dates(date(1990, 1, 1)), st.integers(1, 999))
@settings(max_examples=300, deadline=None)
def test_i3_any_two_names_make_a_path_that_is_safe_everywhere(customer: str, product: str, day: date, number: int) -> None:  # fmt: skip
    claims.names_make_a_safe_path(customer, product, day, number)


@given(NAMES)
@settings(max_examples=200, deadline=None)
def test_i3_a_name_typed_composed_decomposed_or_in_quotes_is_one_customer(name: str) -> None:
    for form in ("NFC", "NFD"):
        assert slug(unicodedata.normalize(form, name)) == slug(name)
    assert slug(f' "{name}"\n') == slug(name)


# I4: what was drafted reads back, and what was read drafts back.


PIECE = st.sampled_from(
    ["no", "on", "12:30", "014", "~", "=1", " x ", "a: b", "#1", "@x", "*", "---", "two\nlines", "\t", "é", "'", '"', "\\"]
)  # fmt: skip
TEXT = st.lists(PIECE | WORDS.filter(bool), min_size=1, max_size=3).map("".join)
TEXTS = st.lists(TEXT, min_size=1, max_size=2)
MODEL = st.fixed_dictionaries(
    {
        "date": st.dates(date(1990, 1, 1)),
        "customer": TEXT.map("A{}".format),
        "type": st.sampled_from(FIELDS["type"].choices),
    },
    optional={
        "pm": TEXTS,
        "tldr": TEXT,
        "nugget": TEXT,
        "participants": TEXTS,
        "consent": st.sampled_from(FIELDS["consent"].choices),
        "minutes": st.integers(1, 600),
        "next step": TEXT,
        "no": TEXT,
    },
)


@given(MODEL, st.sampled_from(["", "# A\n", "---\n", " \r\n\n"]))
@quick
def test_i4_texts_survive_but_for_blanks_around_a_field_and_a_second_draft_is_the_first(model: dict[str, Any], body: str) -> None:  # fmt: skip
    """Front matter holds every blank; what a field says begins and ends with a word, as people read it."""
    text = draft(model, body)
    note = parse(claims.PATH, text.encode())
    assert isinstance(note, Interview)
    raw = load(split(text.encode()).front.decode()).value
    for name, value in model.items():
        assert raw[name] == (value if isinstance(value, list) else str(value))
        if name in FIELDS:
            assert (getattr(note, name) or "") == (_trimmed(value) or ""), name
    said = {name: getattr(note, name) for name in model if name in FIELDS} | note.extra
    trimmed = {name: _trimmed(value) if name in FIELDS else value for name, value in model.items()}
    assert draft(said, note.text) == draft(trimmed, body)
    assert draft(model, body) == text


def _trimmed(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip() or None
    return tuple(item.strip() for item in value if item.strip()) if isinstance(value, list) else value


# I10: nothing gets out of a note that could act on whoever reads it.


HOSTILE = st.lists(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
    | st.sampled_from(
        ["\x1b[2J", "\x1b]0;t\x07", "\x9b31m", "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028", "\x85", "\x00", "\U000e0041", "\r", "\n", "\t",
         "=1+1", "+1", "-1", "@SUM", "|x", "%x", "\xa0=1", "<!channel>", "<@U1>", "@here", "@Everyone", "*b*", "`c`", "](http://x)", "<b>", "\\"]
    ),
    min_size=1, max_size=5,
).map("".join)  # fmt: skip
CALL = re.compile(r"@(?:here|channel|all|everyone|group)(?![\w\\])|<[!@#]", re.IGNORECASE)


@given(HOSTILE)
@settings(max_examples=200, deadline=None)
def test_i10_cleaning_is_idempotent_and_leaves_one_line_and_nothing_forbidden(text: str) -> None:
    shown = clean(text)
    assert clean(shown) == shown
    assert not FORBIDDEN.search(shown)
    assert len(shown.splitlines()) <= 1


@given(HOSTILE, HOSTILE)
@settings(max_examples=100, deadline=None)
def test_i10_no_rendering_of_a_hostile_note_acts_on_its_reader(customer: str, words: str) -> None:
    fields = {"date": "2026-11-18", "customer": f"A{customer}", "pm": [words, "dev"], "type": "learning", "segments": [words],
              "participants": [words], "competitors": ["é"], "tldr": words, "nugget": words, "odd key": words}  # fmt: skip
    raw = draft(fields, f"# A\n\n- pain: {words}\n- pian: {words}\n- [ ] {words}\n").encode()
    note = parse(claims.PATH, raw)
    assert isinstance(note, Interview)
    claims.a_note_is_read_to_an_answer(raw)
    for row in csv.reader(io.StringIO(data.listing_csv([note]), newline="")):
        assert not any(re.match(r"[\s\xa0]*[=+\-@|%]", cell) for cell in row)
    summary = summarise(note, config=claims.CONFIG)
    for form in chat.FORMATS.values():
        shown = form(summary)
        assert not FORBIDDEN.search(shown.replace("\u200b", ""))
        assert not CALL.search(shown)
    assert not re.search(r"<[^\s\u200b]", chat.slack(summary).splitlines()[0])


@given(HOSTILE)
@settings(max_examples=100, deadline=None)
def test_i10_a_path_is_one_line_that_steers_nothing(path: str) -> None:
    shown = [data.paths([f"prod/interviews/x/{path}.md"]), clean(path)]
    assert not any(FORBIDDEN.search(each) or len(each.splitlines()) > 1 for each in shown)
