"""One note: bytes in, an interview or a problem out. Rows P1 to P18 of the parsing hazards, by name."""

import re
from datetime import date
from pathlib import Path

import frontmatter
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from builders import cpu_seconds, interview, note_text
from interviewlog.interview import Interview
from interviewlog.note import LARGEST, NoteHandler, parse, split
from interviewlog.problem import Problem, product_of
from interviewlog.yamltext import YamlError

PATH = "prod/interviews/reseller-portal/acme-freight-2026-11-18.md"


def read(text: str | bytes) -> Interview:
    note = parse(PATH, text if isinstance(text, bytes) else text.encode())
    assert isinstance(note, Interview), note
    return note


def refused(text: str | bytes) -> Problem:
    note = parse(PATH, text if isinstance(text, bytes) else text.encode())
    assert isinstance(note, Problem), note
    assert note.path == PATH
    assert note.what
    assert note.mend
    return note


def codes(note: Interview) -> list[str]:
    return [finding.code for finding in note.findings]


def test_a_note_of_all_fields_is_read():
    note = read(
        note_text(
            pm=["caroline", "dev@example.com"], relationship="lost", roles=["user", "buyer"], source="second-hand",
            consent="quotes", via="sales", segments=["enterprise"], competitors=["globex"], groups=["g1"],
            hypotheses=["h12"], also_products=["checkout"], sales=["sam"], imported="true", participants=["P1 – ops lead"],
            channel="video", minutes=35, observers=["eve"], note_taker="eve", goal="learn why", crm="12:30", consent_ref="c",
            recording="r", outcome="won", tldr='"a: b"', nugget='"n"', visibility="team", retain_until="2030-01-01",
        )
    )  # fmt: skip

    assert (note.path, note.product, note.date) == (PATH, "reseller-portal", date(2026, 11, 18))
    assert (note.customer, note.slug, note.type, note.pm) == (
        "Acme Freight", "acme-freight", "learning", ("caroline", "dev@example.com"),
    )  # fmt: skip
    assert (note.relationship, note.roles, note.source, note.via) == ("lost", ("user", "buyer"), "second-hand", "sales")
    assert (note.imported, note.minutes, note.retain_until) == (True, 35, date(2030, 1, 1))
    assert (note.crm, note.tldr, note.visibility) == (("12:30",), "a: b", "team")
    assert note.findings == ()
    assert [each.text for each in note.body.observations] == ["SSO setup took three days"]


def test_what_a_note_does_not_say_is_unknown():
    note = read(note_text(pm=None))

    assert (note.pm, note.source, note.relationship, note.minutes, note.imported) == ((), None, None, None, False)


@pytest.mark.parametrize(
    "key", ["content", "handler", "self", "metadata", "on", "2024", "~", "no", "path", "extra", "text"]
)
def test_p1_p2_any_other_key_is_kept_as_text(key: str):
    assert read(note_text(**{key: "x"})).extra == {key: "x"}


@pytest.mark.parametrize("front", ["- a\n- b\n", "word\n", "a, b\n", "[a, b]\n"])
def test_p3_front_matter_without_fields_is_a_problem(front: str):
    problem = refused(f"---\n{front}---\nbody")

    assert "no fields" in problem.what
    assert problem.line == 2


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        ("", "the note is empty"),
        (" \n\ufeff\n", "the note is empty"),
        ("# Acme\n", "no front matter"),
        ("-- \ndate: x", "not a line ---"),
        ("----\ndate: x\n----\n", "not a line ---"),
        ("—\ndate: x\n—\n", "not a line ---"),
        ("date: 2026-11-18\n", "no --- stands above the fields"),
        ("```yaml\n---\ndate: x\n---\n```\n", "in a code fence"),
        ("\n---\ndate: x\n---\n", "something stands above its ---"),
        ("+++\ndate = 1\n+++\n", "TOML"),
        ('{"date": 1}', "JSON"),
        ("---", "no front matter"),
        ("---\ndate: 2026-11-18\n", "never closed"),
        ("---\ndate: 2026-11-18\n ---\n", "never closed"),
        ("---\ndate: 2026-11-18\n----\n", "never closed"),
        ("---\n---x\n", "never closed"),
        ("---\nJust text\n---\nmore", "no fields, it is one text"),
        ("---\n- a\n---\n", "no fields, it is a list"),
        ("---\ndate:2026-11-18\ntype:learning\n---\n", "no blank after the colon"),
        ("---\n---\nbody", "date is missing"),
        ("---\n# nothing yet\n...\nbody", "date is missing"),
    ],
)
def test_p4_what_stands_where_front_matter_should_is_said(raw: str, what: str):
    assert what in refused(raw).what


HEAD = "---\ndate: 2026-11-18\n"


@pytest.mark.parametrize(
    ("raw", "line", "column", "mend"),
    [
        (f"{HEAD}# Acme\n\n- pain: x\n", 3, 1, "add a line --- above it"),
        (f"{HEAD}\nWords of a call\n---\xa0\n", 4, 1, "add a line --- above it"),
        (f"{HEAD} ---\n# Acme\n", 3, 1, "write --- in its place, from the first column"),
        (f"{HEAD}----\n# Acme\n", 3, 1, "write --- in its place, from the first column"),
        (f"{HEAD}—\n# Acme\n", 3, 1, "write --- in its place, from the first column"),
        (f"{HEAD}--- end\n# Acme\n", 3, 1, "write --- in its place, from the first column"),
        (f"{HEAD}pm: [a,\n  b]\nroles:\n- user\n\n", 6, 7, "add a line --- after the last field"),
        ("# Acme\n", 1, 1, "start the note with a line --- and its fields"),
        ("\n\n---\ndate: x\n---\n", 3, 1, "let the note begin with ---"),
        ("\n+++\ndate = 1\n+++\n", 2, 1, "write its fields as YAML, between two lines ---"),
        ('{"date": "2026-11-18"}\n', 1, 1, "write its fields as YAML, between two lines ---"),
        ("---\n\n- a\n- b\n---\n", 3, 1, 'write fields such as customer: "Acme Freight"'),
        ("---\ndate:2026-11-18\n---\n", 2, 5, "write date: 2026-11-18"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_p4_a_fence_that_is_missing_is_told_where_it_was_to_be(
    raw: str, line: int, column: int, mend: str, line_end: str
):
    problem = refused(raw.replace("\n", line_end))

    assert (problem.line, problem.column, problem.mend) == (line, column, mend)
    assert problem.source == raw.split("\n")[line - 1]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_p5_byte_order_marks_and_all_line_ends_are_read(line_end: str, bom: str):
    note = read((bom + note_text(body="# A\n\n- pain: x\n  - quote: y\n- need: z\n")).replace("\n", line_end))

    assert (note.customer, note.date) == ("Acme Freight", date(2026, 11, 18))
    assert [(each.kind, each.line) for each in note.body.observations] == [("pain", 10), ("need", 12)]


@pytest.mark.parametrize(
    "raw",
    [
        note_text(body="- pain: x"),
        note_text(body="").rstrip("\n"),
        note_text(body="- pain: x\n").replace("\n---\n", "\n...\n"),
        note_text(body="- pain: x\r\n- need: y\r").replace("date", "x: y\r\ndate"),
        '---\n{"date": "2026-11-18", "customer": "Acme Freight", "type": "learning", "pm": "caroline"}\n---\n',
    ],
)
def test_p5_dots_close_mixed_line_ends_part_and_a_last_line_needs_no_end(raw: str):
    assert (read(raw).customer, read(raw).pm) == ("Acme Freight", ("caroline",))


def test_p6_body_bytes_are_identical():
    body = "  \n\t first line\r\n\n\n trailing  \n\n"

    assert read(note_text(body=body)).text == body
    assert split(note_text(body=body).encode()).body == body.encode()


def test_p7_a_duplicate_key_is_named_with_its_line():
    problem = refused("---\ndate: 2026-11-18\npm: a\npm: b\n---\n")

    assert problem.line == 4
    assert "pm stands twice" in problem.what


@pytest.mark.parametrize("value", ["!!python/object:os.system x", "!foo x", "&a x", "*a"])
def test_p8_p14_tags_anchors_and_aliases_are_problems(value: str):
    assert refused(note_text(customer=value)).line == 4


@pytest.mark.parametrize(
    "word", ["no", "on", "NO", "Null", "12:30", "014", "007", "1_000", "3.10", "7-11", "0xfff", "1e5"]
)
def test_p9_p12_a_customer_stays_what_was_typed(word: str):
    assert read(note_text(customer=word)).customer == word


@pytest.mark.parametrize(
    "value", ["2026-02-30", "2026-13-01", "0000-01-01", "1989-12-31", "9" * 5000, "2026-11-18T10:00+99:00"]
)
def test_p10_a_date_that_cannot_be_is_a_problem_with_its_line(value: str):
    problem = refused(note_text(date=value))

    assert problem.line == 2
    assert problem.date is None
    assert problem.pm == ("caroline",)


def test_p11_a_time_zone_in_a_date_is_refused():
    assert "without a time" in refused(note_text(date="2026-11-21T23:30-08:00")).mend


@pytest.mark.parametrize("value", ["Acme #1", "@acme", "Acme: North", "*acme", "`acme", "%acme"])
def test_p13_a_value_that_wants_quotes_says_so(value: str):
    problem = refused(note_text(customer=value))

    assert problem.line == 4
    assert "quotes" in problem.mend


@pytest.mark.parametrize(
    "front",
    ["[" * 60_000, "[" * 200_000, "{a: " * 20_000, "- " * 30_000, "a: &a [*a]\n", "? " * 30_000, "a: " + "!" * 60_000,
     "x: &x [a,a]\n" + "".join(f"y{i}: &y{i} [*x,*x]\n" for i in range(20)), "a,\n" * 20_000, "'" * 60_000, '"' + "\\" * 60_000,
     "- - - -\n" * 7000, "a:\n" * 20_000, "#" * 60_000, " " * 60_000, "a: |" + "\n " * 20_000, "? a\n" * 15_000],
)  # fmt: skip
def test_p14_no_front_matter_takes_long_or_kills(front: str):
    assert cpu_seconds(lambda: refused(f"---\n{front}\n---\nbody\n")) < 0.5


CONFLICT = "<<<<<<< HEAD\n{}=======\n{}>>>>>>> other\n"


def test_p15_conflict_markers_are_an_unresolved_merge_at_their_line():
    in_front = note_text(body="x\n").replace("pm: caroline\n", CONFLICT.format("pm: caroline\n", "pm: dev\n"))
    in_body = note_text(body="# A\n" + CONFLICT.format("- pain: x\n", ""))

    assert (refused(in_front).what, refused(in_front).line) == ("unresolved merge", 5)
    assert (refused(in_body).what, refused(in_body).line) == ("unresolved merge", 9)
    assert refused(in_body.replace("\n", "\r\n")).what == "unresolved merge"
    assert refused(in_front).source == "<<<<<<< HEAD"
    in_place_of_lf = f"a\rb\r{CONFLICT.format('', '')}"
    assert refused(f"---\r\r{in_place_of_lf}".replace("\r<", "\r\n<")).line == 5
    assert refused(CONFLICT.format("---\n", "")).line == 1


@pytest.mark.parametrize(
    "body",
    [
        "<<<<<<< HEAD\n",
        "Title\n=======\n",
        "<<<<<<< a\n>>>>>>> b\n",
        "<<<<<<< a\n=======\n",
        ">>>>>>> b\n=======\n<<<<<<< a\n",
        "> <<<<<<< a\n=======\n",
    ],
)
def test_p15_a_heading_line_or_a_lone_marker_is_no_merge(body: str):
    assert read(note_text(body=body)).text == body


@pytest.mark.parametrize("place", ["customer: x", "- pain"])
def test_p16_a_note_that_is_not_utf8_is_a_problem_at_its_line(place: str):
    raw = note_text(customer="x").encode()
    at = raw.index(place.encode())
    problem = refused(raw[:at] + b"\xff" + raw[at:])

    assert (problem.what, problem.column) == ("not UTF-8", 1)
    assert problem.line == raw.count(b"\n", 0, at) + 1
    assert problem.source.startswith(f"\ufffd{place}")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_p16_the_column_counts_characters_and_the_line_any_line_end(line_end: str):
    raw = note_text(body="x\nKäßé ").replace("\n", line_end).encode() + b"\xe9 y"

    assert (refused(raw).line, refused(raw).column, refused(raw).source) == (9, 6, "Käßé \ufffd y")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-16-le"])
def test_p16_utf_16_is_told_by_its_name(encoding: str):
    mark = "" if encoding == "utf-16" else "\ufeff"

    assert refused(f"{mark}{note_text()}".encode(encoding)).what == "UTF-16, not UTF-8"


def test_p17_a_note_beyond_ten_mebibytes_is_a_problem():
    assert "10 MiB" in refused(b"x" * (LARGEST + 1)).what


def test_p18_control_characters_by_escape_are_text():
    assert read(note_text(customer='"Acme\\0\\e[31m"')).customer == "Acme\0\x1b[31m"


@pytest.mark.parametrize(
    ("fields", "line", "what"),
    [
        ({"date": None}, 1, "date is missing"),
        ({"date": ""}, 2, "date is missing"),
        ({"date": ["2026-11-18"]}, 2, "date holds a list"),
        ({"customer": None}, 1, "customer is missing"),
        ({"customer": '"***"'}, 4, "no letters in customer"),
        ({"type": None}, 1, "type is missing"),
        ({"type": "lerning"}, 6, "type: lerning is not known"),
    ],
)
def test_a_note_needs_a_usable_date_customer_and_type(fields: dict[str, str], line: int, what: str):
    problem = refused(note_text(**fields))

    assert problem.line == line
    assert what in problem.what


@pytest.mark.parametrize(
    ("lines", "line", "column", "source"),
    [
        ("date:   2026-02-30", 2, 9, "date:   2026-02-30"),
        ("date: '2026-02-30'", 2, 7, "date: '2026-02-30'"),
        ("date:\n  2026-02-30", 3, 3, "  2026-02-30"),
        ("date:", 2, 6, "date:"),
        ("date: [2026-11-18]", 2, 7, "date: [2026-11-18]"),
        ("date:\n- 2026-11-18", 2, 1, "date:"),
        ("Date: 2026-11-18", 2, 1, "Date: 2026-11-18"),
        ("crm: é\r\ndate: x", 3, 7, "date: x"),
        ("crm: é", 1, 1, ""),
    ],
)
def test_a_value_that_no_note_can_do_with_is_shown_with_its_place(lines: str, line: int, column: int, source: str):
    problem = refused(f"---\n{lines}\ncustomer: A\ntype: learning\n---\n")

    assert (problem.line, problem.column, problem.source) == (line, column, source)


@pytest.mark.parametrize(("typed", "meant"), [("Date", "date"), ("custmer", "customer"), ("TYPE", "type")])
def test_a_key_that_is_almost_the_missing_one_is_named(typed: str, meant: str):
    problem = refused(note_text().replace(f"{meant}:", f"{typed}:"))

    assert problem.what == f"{meant} is missing"
    assert problem.mend.startswith(f"write {meant}: for {typed}:, or add a line such as {meant}: ")


def test_of_several_problems_the_first_field_is_told_and_what_could_be_read_is_kept():
    problem = refused(note_text(type="lerning", customer=None))

    assert problem.what == "customer is missing"
    assert (problem.date, problem.pm) == (date(2026, 11, 18), ("caroline",))


@pytest.mark.parametrize(
    ("fields", "code", "line"),
    [
        ({"relationship": "custommer"}, "field-relationship", 7),
        ({"minutes": "35 min"}, "field-minutes", 7),
        ({"retain_until": "soon"}, "field-retain-until", 7),
        ({"segments": ["Big Ones"]}, "field-segments", 7),
        ({"product": "checkout"}, "product-differs", 3),
        ({"product": "Reseller Portal"}, "field-product", 3),
    ],
)
def test_any_other_misfit_is_a_finding_with_its_line(fields: dict[str, str], code: str, line: int):
    finding = read(note_text(**fields)).findings[0]

    assert (finding.code, finding.line) == (code, line)
    assert finding.column == len(next(iter(fields))) + (4 if code == "field-segments" else 3)
    assert finding.mend


@pytest.mark.parametrize(
    ("front", "places"),
    [
        ("roles: [user,  bayer, byer]\n", [(6, 16), (6, 23)]),
        ("roles:\n  - user\n  -   bayer\n", [(8, 7)]),
        ("roles: bayer\n", [(6, 8)]),
        ("participants: [P1: ops lead]\n", [(6, 16)]),
        ("participants:\n  - P1: ops lead\n", [(7, 5)]),
        ("roles: {a: b}\n", [(6, 8)]),
    ],
)
def test_a_finding_about_a_list_stands_at_the_item(front: str, places: list[tuple[int, int]]):
    base = "---\ndate: 2026-11-18\ncustomer: A\ntype: learning\npm: caroline\n"

    assert [(each.line, each.column) for each in read(f"{base}{front}---\n").findings] == places


def test_the_folder_says_the_product():
    assert read(note_text(product="checkout")).product == "reseller-portal"
    assert read(note_text(product=None)).findings == ()
    assert product_of("note.md") == ""


def test_a_stub_is_a_conversation_without_notes():
    assert interview(consent="declined").is_stub
    assert interview(consent="withdrawn").is_stub
    assert not interview(consent="notes").is_stub


def test_python_frontmatter_reads_a_note_through_our_handler():
    handler = NoteHandler()
    front, body = handler.split(note_text(pm="no", body=" x\n"))

    assert handler.load(front)["pm"] == "no"
    assert body == " x\n"
    assert frontmatter.loads(note_text(pm="no"), handler=NoteHandler()).metadata["pm"] == "no"
    with pytest.raises(YamlError):
        handler.split("# nothing")


pieces = st.sampled_from(
    [
        b"---",
        b"---\n",
        b"---\r\n",
        b"...\n",
        b"\r",
        b"\n",
        b" ",
        b"\xef\xbb\xbf",
        b"a: b",
        b"#",
        b"- ",
        b"\xff",
        b"[",
        b"<!--",
    ]
)
raws = st.one_of(st.binary(max_size=200), st.lists(pieces, max_size=12).map(b"".join))


@given(raws)
@example(b"---\n---")
@example(b"---\n...")
@example(b"\xef\xbb\xbf--- \t\r\n---\r")
@settings(max_examples=400, deadline=None)
def test_i1_the_parts_are_every_byte_of_the_note(raw: bytes):
    try:
        parts = split(raw)
    except YamlError:
        return
    assert parts.head + parts.front + parts.closer + parts.body == raw
    assert parts.body_line >= 2


@given(raws)
@settings(max_examples=300, deadline=None)
def test_i5_parse_is_total_for_any_bytes(raw: bytes):
    assert isinstance(parse(PATH, raw), Interview | Problem)


GOOD = note_text(
    roles=["user", "buyer"], source="direct", minutes=35, tldr='"heard: a"', participants=['"P1 – ops"'],
    body='# A\n\n- pain: x #sso !3 (P1)\n  - quote: "y"\n<!-- c -->\n```\ncode\n```\n1. one\n> said\n',
).encode()  # fmt: skip


@given(st.integers(0, len(GOOD)), st.integers(0, 12), st.one_of(st.binary(max_size=6), pieces))
@settings(max_examples=400, deadline=None)
def test_i5_parse_is_total_for_a_damaged_note(at: int, lost: int, put: bytes):
    note = parse(PATH, GOOD[:at] + put + GOOD[at + lost :])

    assert isinstance(note, Interview | Problem)
    if isinstance(note, Problem):
        assert note.line >= 1
        assert note.column >= 1
        assert note.mend


REAL = [path.read_bytes() for path in sorted((Path(__file__).parent.parent / "examples").rglob("*.md"))]
changes = st.tuples(st.integers(0, 3000), st.integers(0, 40), st.one_of(pieces, st.binary(max_size=4), st.sampled_from(
    [b'"', b"'", b"\t", b": ", b" #", b"&a ", b"*a ", b"!!x ", b"|", b">", b"%", b"@", b"{", b"]", b"\x00", b"\xc2\x85", b"<<<<<<< "]
)))  # fmt: skip


@given(st.sampled_from(REAL), st.lists(changes, min_size=1, max_size=4))
@settings(max_examples=500, deadline=None)
def test_i5_parse_is_total_for_real_notes_that_were_damaged(raw: bytes, damage: list[tuple[int, int, bytes]]):
    for at, lost, put in damage:
        raw = raw[: at % len(raw)] + put + raw[at % len(raw) + lost :] or b"-"
    note = parse(PATH, raw)

    assert isinstance(note, Interview | Problem)
    if isinstance(note, Problem):
        line = re.split(r"\r\n|\n|\r", raw.decode(errors="replace"))[note.line - 1]
        assert note.source in {"", line[:10_000]}
        assert 1 <= note.column <= len(line) + 1
        assert len(note.what + note.mend) < 800
        assert not re.search(r"[\r\n]", note.what + note.mend)


@given(st.text(max_size=20), st.sampled_from(["a.md", "/", "", "a/b.md", "x/y/z"]))
def test_parse_is_total_for_any_path_and_template(line: str, path: str):
    assert isinstance(parse(path, GOOD, frozenset({line})), Interview)


@pytest.mark.parametrize(
    "body",
    ["<<<<<<< x\n" * 6000, "<<<<<<< x\n" * 1500 + "=======\n" * 1500 + "x\n" * 15_000, "<<<<<<< x\n=======\n" * 3000],
)
def test_no_body_of_conflict_markers_takes_long(body: str):
    assert cpu_seconds(lambda: parse(PATH, note_text(body=body).encode())) < 1
