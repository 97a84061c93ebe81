"""Changing one value in what a person wrote: every other byte stays (I2, P19)."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from builders import note_text
from interviewlog.edit import set_field, set_fields
from interviewlog.errors import Code, IlogError
from interviewlog.fields import FIELDS
from interviewlog.note import split
from interviewlog.yamltext import YamlError, load

BODY = "# A\r\n  mixed \n\n- pain: x\n"


def front_after(front: str, key: str, value: Any) -> str:
    """Set a field in a note of this front matter; give the new front matter, the rest being the same."""
    raw = f"---\n{front}---\n{BODY}".encode()
    after = set_field(raw, key, value)
    parts = split(after)
    assert (parts.head, parts.closer, parts.body) == (b"---\n", b"---\n", BODY.encode())
    assert set_field(after, key, value) == after
    return parts.front.decode()


# A one-line value: only the value.


@pytest.mark.parametrize(
    ("line", "key", "value", "expected"),
    [
        ("type: learning", "type", "sales", "type: sales"),
        ("type:   learning   # why", "type", "sales", "type:   sales   # why"),
        ("'type': 'learning' # x", "type", "sales", "'type': sales # x"),
        ('z0: {a: "b\n  c"}\ntype: [ # d\n e]', "type", "sales", 'z0: {a: "b\n  c"}\ntype: sales  # d'),
        ('tldr: "a # b" # c', "tldr", 'say "x"', 'tldr: "say \\"x\\"" # c'),
        ("consent:  # pending, notes", "consent", "notes", "consent: notes  # pending, notes"),
        ("consent:", "consent", "notes", "consent: notes"),
        ("consent: ", "consent", "notes", "consent: notes "),
        ("consent: ~", "consent", "notes", "consent: notes"),
        ("consent: ''", "consent", "notes", "consent: notes"),
        ("consent: notes # x", "consent", "", "consent: # x"),
        ("pm: ann", "pm", ["ann", "bo@x.org"], "pm: [ann, bo@x.org]"),
        ("roles: [ user,buyer ] # r", "roles", ["user"], "roles: [user] # r"),
        ("roles: [user]", "roles", [], "roles: []"),
        ("roles: []", "roles", ["user", "admin"], "roles: [user, admin]"),
        ("date: 2026-11-18", "date", "2026-11-19", "date: 2026-11-19"),
        ("minutes: 35", "minutes", "40", "minutes: 40"),
        ("customer: Ácme – x  # é", "customer", "Müller & Söhne: x", 'customer: "Müller & Söhne: x"  # é'),
        ('other: "1"', "other", "no", 'other: "no"'),
        ("'o k': 1", "o k", "2", "'o k': \"2\""),
        ("? type\n: learning", "type", "sales", "? type\n: sales"),
    ],
)
def test_only_the_value_changes(line: str, key: str, value: Any, expected: str):
    before, after = "# first\na: 'one'   # x\n\n", "\n# last\nz:\n- 1 # n\n-   2\n"

    assert front_after(f"{before}{line}{after}", key, value) == f"{before}{expected}{after}"


def test_the_same_value_changes_nothing_not_even_its_quotes():
    raw = note_text(customer="'Acme Freight'", roles="\n  - user # u\n  - buyer").encode()

    assert set_field(raw, "customer", "Acme Freight") == raw
    assert set_field(raw, "roles", ["user", "buyer"]) == raw


# A value of several lines: its span, and the comments in it stay.


@pytest.mark.parametrize(
    ("old", "expected"),
    [
        ("roles:\n  - user\n  - buyer\n\n# next\nz: 1\n", "roles: [admin]\n\n# next\nz: 1\n"),
        ("roles:\n- user\n- buyer\nz: 1\n", "roles: [admin]\nz: 1\n"),
        ("roles:  # who\n  - user\nz: 1\n", "roles: [admin]  # who\nz: 1\n"),
        (
            "roles:\n  # why\n  - user  # big\n  # end\n  - buyer # last\nz: 1\n",
            "# why\n# big\n# end\nroles: [admin] # last\nz: 1\n",
        ),
        ("roles: [\n  user,  # u\n  buyer\n]  # end\nz: 1\n", "# u\nroles: [admin]  # end\nz: 1\n"),
        ("roles: >  # folded\n  user\n  buyer\n\n\n# next\nz: 1\n", "roles: [admin]  # folded\n\n\n# next\nz: 1\n"),
        ("roles: |\n  # no comment\n  user\nz: 1\n", "roles: [admin]\nz: 1\n"),
        ("roles: user\n  and\n  buyer  # b\nz: 1\n", "roles: [admin]  # b\nz: 1\n"),
        ('roles: "user\n\n  # no comment"\nz: 1\n', "roles: [admin]\nz: 1\n"),
        ("roles:\n  user\nz: 1\n", "roles: [admin]\nz: 1\n"),
        ("roles:\n  a: {b: [c]}\n  d:\n    - e # f\nz: 1\n", "roles: [admin] # f\nz: 1\n"),
        ("roles:\n  - user\n", "roles: [admin]\n"),
    ],
)
def test_a_value_of_several_lines_is_replaced_and_its_comments_stay(old: str, expected: str):
    assert front_after(f"# 1\na: b # c\n{old}", "roles", ["admin"]) == f"# 1\na: b # c\n{expected}"


# A field that is missing: a line before the closing ---.


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("a: b\n", "a: b\nvia: cs\n"),
        ("", "via: cs\n"),
        ("# only\n", "# only\nvia: cs\n"),
        ("a: b\n# end\n\n", "a: b\n# end\n\nvia: cs\n"),
        ("  a: b\n  c:\n  - d\n", "  a: b\n  c:\n  - d\n  via: cs\n"),
        ("a: |\n  text\n", "a: |\n  text\nvia: cs\n"),
        ("a: |+\n  text\n\n", "a: |+\n  text\n\nvia: cs\n"),
        ("a:\n", "a:\nvia: cs\n"),
        ("a:\n  via: x\n", "a:\n  via: x\nvia: cs\n"),
        ("{a: b, c: [d]}\n", "{a: b, c: [d], via: cs}\n"),
        ("{}\n", "{via: cs}\n"),
        ("{\n  a: b,  # x\n}\n", "{\n  a: b, via: cs,  # x\n}\n"),
    ],
)
def test_a_missing_field_comes_before_the_closing_line(front: str, expected: str):
    assert front_after(front, "via", "cs") == expected


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_p5_line_ends_and_byte_order_mark_stay(line_end: str, bom: str):
    raw = (bom + note_text(roles="\n  # r\n  - user", body="a\n")).replace("\n", line_end).encode()
    before, rest = raw.split(b"type: learning")
    ending = line_end.encode()

    assert set_field(raw, "type", "sales") == before + b"type: sales" + rest
    assert set_field(raw, "via", "cs") == raw.replace(
        ending + b"---" + ending + b"a", ending + b"via: cs" + ending + b"---" + ending + b"a"
    )
    assert set_field(raw, "roles", ["admin"]) == raw.replace(
        b"roles: " + ending + b"  # r" + ending + b"  - user", b"# r" + ending + b"roles: [admin]"
    )


def test_a_body_that_is_not_utf8_stays_as_it_is():
    raw = note_text(body="x").encode() + b"\xff\xfe"

    assert set_field(raw, "type", "sales") == raw.replace(b"learning", b"sales")


@pytest.mark.parametrize(
    "raw",
    [b"", b"# A\n", b"---\na: b\n", b"---\n- a\n---\n", b"---\nword\n---\n", b"---\na: @b\n---\n", b"---\na: b\na: c\n---\n",
     b"---\na: &x b\n---\n", b"---\na: \xff\n---\n", b"---\na: Acme #1\n---\n", b"---\n" + b"[" * 70_000 + b"\n---\n"],
)  # fmt: skip
def test_front_matter_that_cannot_be_read_is_not_changed(raw: bytes):
    with pytest.raises(IlogError) as error:
        set_field(raw, "type", "sales")

    assert error.value.code == Code.BAD_NOTE
    assert error.value.message.startswith("cannot set type: ")
    assert error.value.hint


@pytest.mark.parametrize("front", ["{type, a: b}\n", "? type # x: y\n:\n  - a\n", "type: 'learning'# x\n", "? type\n"])
def test_what_is_too_unusual_is_left_to_a_person(front: str):
    with pytest.raises(IlogError) as error:
        set_field(f"---\n{front}---\n".encode(), "type", "sales")

    assert error.value.code == Code.BAD_NOTE


def test_the_line_of_what_is_wrong_is_that_of_the_file():
    with pytest.raises(IlogError, match=r"^cannot set type: line 3: "):
        set_field(b"---\na: b\nc: @d\n---\n", "type", "sales")
    with pytest.raises(IlogError, match=r"^cannot set type: line 3: it is written in a way"):
        set_field(b"---\na: b\ntype: 'learning'# x\n---\n", "type", "sales")
    with pytest.raises(IlogError, match=r"^cannot change ilog\.yaml:2: pms is no mapping"):
        add_entry("a: b\npms: [c]\n", ["pms"], "zoe", "{}")
    with pytest.raises(IlogError, match=r"^cannot change ilog\.yaml:1: "):
        add_entry("a: @b\n", [], "c", "d")
    with pytest.raises(IlogError, match=r"^cannot set type: no front matter$"):
        set_field(b"# A\n", "type", "sales")


def test_a_value_that_would_make_the_front_matter_too_large_is_refused():
    with pytest.raises(IlogError, match="64 KiB"):
        set_field(note_text().encode(), "tldr", "x" * 70_000)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
words = st.sampled_from(["user", "a b", "12:30", "é", "no"])
scalars = st.sampled_from(["", "x", "x y", "'x'", '"x # y"', "é: é"[:1], "12:30", "no"])
blanks = st.sampled_from(["", " ", "  "])
comments = st.sampled_from(["", "  # c1", " # é: [x]", " #"])
lines_between = st.sampled_from(["", "\n", "# full line\n", " # indented\n", "\n\n# a: b\n"])


@st.composite
def values(draw: Callable[..., Any]) -> str:
    """Give a value as people write it, from after the colon to the end of its last line."""
    kind = draw(st.sampled_from(["scalar", "flow", "block", "flat", "literal", "folded", "plain", "mapping"]))
    one, two, comment = draw(scalars), draw(words), draw(comments)
    inner = draw(st.sampled_from(["", "  # inner\n", "\n"]))
    return {
        "scalar": f" {draw(blanks)}{one}{comment}\n",
        "flow": f" [ {two},{draw(blanks)}{two}]{comment}\n",
        "block": f"{comment}\n{inner}  - {two}{draw(comments)}\n{inner}  - {one}\n",
        "flat": f"\n- {two}{comment}\n-   {two}\n",
        "literal": f" |{comment}\n  # text\n   {two}\n",
        "folded": f" >-\n  {two}\n\n  {two}\n",
        "plain": f" x\n  {two}{comment}\n",
        "mapping": f"{comment}\n  k: {two}\n{inner}  l: [{two}]{comment}\n",
    }[kind]


@st.composite
def fronts(draw: Callable[..., Any]) -> str:
    keys = draw(st.lists(st.sampled_from([*FIELDS, "x", "'q k'", "é"]), unique=True, max_size=5))
    text = "".join(f"{draw(lines_between)}{key}:{draw(values())}" for key in keys) + draw(lines_between)
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


new_values = st.one_of(texts, words, st.lists(texts, max_size=3))


def all_comments(text: str) -> list[str]:
    return sorted(
        word for word in ("# c1", "é: [x]", "full line", "indented", "inner", "# a: b") for _ in range(text.count(word))
    )


@given(
    fronts(),
    st.sampled_from([*FIELDS, "x", "q k", "new"]),
    new_values,
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\ufeff"]),
)
@settings(max_examples=250, deadline=None)
def test_i2_p19_one_field_changes_and_every_other_byte_stays(front: str, key: str, value: Any, line_end: str, bom: str):
    raw = f"{bom}---{line_end}{front}---\n{BODY}".encode()
    try:
        before = load(front).value
    except YamlError:
        assume(condition=False)
    after = set_field(raw, key, value)
    parts, old = split(after), split(raw)
    found = load(parts.front.decode()).value

    assert (parts.head, parts.closer, parts.body) == (old.head, old.closer, old.body)
    assert found[key] == value
    assert list(found) == list(before | {key: value})
    assert {name: each for name, each in found.items() if name != key} == {k: v for k, v in before.items() if k != key}
    assert set_field(after, key, value) == after
    if key in before:
        for line in front.splitlines():
            assert line in parts.front.decode() or key in line or line not in untouched(front, key)
    else:
        assert parts.front.startswith(front.encode())


def untouched(front: str, key: str) -> list[str]:
    """Give the lines of a front matter that lie outside one field: from its key to the next key or comment."""
    kept, inside = [], False
    for line in front.splitlines():
        if line and line[0] not in " -":
            inside = line.startswith((f"{key}:", f"'{key}':"))
        if not inside:
            kept.append(line)
    return kept


@given(fronts(), st.sampled_from(list(FIELDS)))
@settings(max_examples=120, deadline=None)
def test_i2_no_comment_is_lost(front: str, key: str):
    try:
        load(front)
    except YamlError:
        assume(condition=False)
    after = split(set_field(f"---\n{front}---\n".encode(), key, "new")).front.decode()

    assert all_comments(after) == all_comments(front)


# ilog.yaml: one more item, one more line.

ADD = "zoe@x.org"


@pytest.mark.parametrize(
    ("old", "expected"),
    [
        (
            "pms:\n  ann: {name: Ann, emails: [a@x.org]} # a\n",
            "pms:\n  ann: {name: Ann, emails: [a@x.org, zoe@x.org]} # a\n",
        ),
        ("pms: {ann: {emails: [ ]}, bo: }\n", "pms: {ann: {emails: [zoe@x.org]}, bo: }\n"),
        ("pms:\n  ann:\n    emails: []  # none\n", "pms:\n  ann:\n    emails: [zoe@x.org]  # none\n"),
        ("pms:\n  ann:\n    emails:  # none\n", "pms:\n  ann:\n    emails: [zoe@x.org]  # none\n"),
        ("pms:\n  ann:\n    emails: a@x.org # a\n", "pms:\n  ann:\n    emails: [a@x.org, zoe@x.org] # a\n"),
        (
            "pms:\n  ann:\n    emails:\n      - a@x.org  # a\n      # old:\n      - b@x.org  # b\n\n    # then\n    name: Ann\n",
            "pms:\n  ann:\n    emails:\n      - a@x.org  # a\n      # old:\n      - b@x.org  # b\n      - zoe@x.org\n\n    # then\n    name: Ann\n",
        ),
        ("pms:\n  ann:\n    emails:\n    - a@x.org", "pms:\n  ann:\n    emails:\n    - a@x.org\n    - zoe@x.org"),
        (
            "pms:\n  ann:\n    emails: [\n      a@x.org,  # a\n    ]\n",
            "pms:\n  ann:\n    emails: [\n      a@x.org, zoe@x.org,  # a\n    ]\n",
        ),
        ("pms:\n  ann: {name: Ann}\n", "pms:\n  ann: {name: Ann, emails: [zoe@x.org]}\n"),
        ("pms:\n  ann: {}\n", "pms:\n  ann:\n    emails: [zoe@x.org]\n"),
        ("pms:\n  ann:  # a\n  bo:\n", "pms:\n  ann:  # a\n    emails: [zoe@x.org]\n  bo:\n"),
        (
            "pms:\n  ann:\n    name: Ann # n\n  bo:\n",
            "pms:\n  ann:\n    name: Ann # n\n    emails: [zoe@x.org]\n  bo:\n",
        ),
        ("pms: {ann: }\n", "pms: {ann: {emails: [zoe@x.org]}}\n"),
        ("pms:\n  bo:\n", "pms:\n  bo:\n  ann: {emails: [zoe@x.org]}\n"),
        ("pms: {}  # nobody\nroot: x\n", "pms:  # nobody\n  ann: {emails: [zoe@x.org]}\nroot: x\n"),
        ("# a\nroot: x\n# end\n", "# a\nroot: x\n# end\npms:\n  ann: {emails: [zoe@x.org]}\n"),
        ("", "pms:\n  ann: {emails: [zoe@x.org]}\n"),
        ("root: x", "root: x\npms:\n  ann: {emails: [zoe@x.org]}\n"),
        ("{root: x}\n", "{root: x, pms: {ann: {emails: [zoe@x.org]}}}\n"),
    ],
)
def test_an_item_is_added_to_a_list_wherever_it_stands(old: str, expected: str):
    keys = ["pms", "ann", "emails"]

    assert add_to_list(old, keys, ADD) == expected
    assert add_to_list(expected, keys, ADD) == expected
    crlf = old.replace("\n", "\r\n")
    if "\n" in old:
        assert add_to_list(crlf, keys, ADD) == expected.replace("\n", "\r\n")


LINE = "{name: Zoe Z, emails: [zoe@x.org]}"


@pytest.mark.parametrize(
    ("old", "expected"),
    [
        ("pms: {}\nroot: x\n", f"pms:\n  zoe: {LINE}\nroot: x\n"),
        ("pms: {}   # nobody yet\n", f"pms:   # nobody yet\n  zoe: {LINE}\n"),
        ("pms: []\n", f"pms:\n  zoe: {LINE}\n"),
        ("pms:\nroot: x\n", f"pms:\n  zoe: {LINE}\nroot: x\n"),
        ("pms:  # nobody yet", f"pms:  # nobody yet\n  zoe: {LINE}"),
        ("pms:\n  # none\n\nroot: x\n", f"pms:\n  zoe: {LINE}\n  # none\n\nroot: x\n"),
        (
            "pms:\n  ann: {name: Ann}  # a\n\n# next\nroot: x\n",
            f"pms:\n  ann: {{name: Ann}}  # a\n  zoe: {LINE}\n\n# next\nroot: x\n",
        ),
        (
            "pms:\n    ann:\n        name: Ann\n    bo:\n",
            f"pms:\n    ann:\n        name: Ann\n    bo:\n    zoe: {LINE}\n",
        ),
        (
            "pms:\n  ann:\n    emails:\n    - a\n    - b # b\n",
            f"pms:\n  ann:\n    emails:\n    - a\n    - b # b\n  zoe: {LINE}\n",
        ),
        ("pms: {ann: {name: Ann}}  # a\n", f"pms: {{ann: {{name: Ann}}, zoe: {LINE}}}  # a\n"),
        ("pms: {\n  ann: {name: Ann},  # a\n}\n", f"pms: {{\n  ann: {{name: Ann}}, zoe: {LINE},  # a\n}}\n"),
        ("root: x\n", f"root: x\npms:\n  zoe: {LINE}\n"),
        ("# nothing", f"# nothing\npms:\n  zoe: {LINE}\n"),
        ("", f"pms:\n  zoe: {LINE}\n"),
        ("pms:\n  zoe:  # soon\n", f"pms:\n  zoe: {LINE}  # soon\n"),
        ("{pms: {}, root: x}\n", f"{{pms: {{zoe: {LINE}}}, root: x}}\n"),
        ("{pms: , root: x}\n", f"{{pms: {{zoe: {LINE}}}, root: x}}\n"),
    ],
)
def test_an_entry_is_added_to_a_mapping_wherever_it_stands(old: str, expected: str):
    assert add_entry(old, ["pms"], "zoe", LINE) == expected
    assert add_entry(expected, ["pms"], "zoe", LINE) == expected


def test_an_entry_can_stand_at_the_top_and_its_key_is_quoted_where_needed():
    assert add_entry("a: b\n", [], "root", "notes") == "a: b\nroot: notes\n"
    assert add_entry("pms: {}\n", ["pms"], "no", "{}") == 'pms:\n  "no": {}\n'


@pytest.mark.parametrize(
    "change",
    [
        lambda: add_entry("pms: {zoe: {name: Z}}\n", ["pms"], "zoe", LINE),
        lambda: add_entry("pms: words\n", ["pms"], "zoe", LINE),
        lambda: add_entry("pms: [a]\n", ["pms"], "zoe", LINE),
        lambda: add_entry("pms:\n- a\n", ["pms"], "zoe", LINE),
        lambda: add_entry("pms: @x\n", ["pms"], "zoe", LINE),
        lambda: add_entry("- a\n", ["pms"], "zoe", LINE),
        lambda: add_entry("pms: {}\n", ["pms"], "zoe", "{broken"),
        lambda: add_entry("a: {}\na: {}\n", ["pms"], "zoe", LINE),
        lambda: add_to_list("pms: {ann: {emails: {a: b}}}\n", ["pms", "ann", "emails"], ADD),
        lambda: add_to_list("pms: words\n", ["pms", "ann", "emails"], ADD),
        lambda: add_to_list("pms: &a {}\n", ["pms", "ann", "emails"], ADD),
        lambda: add_to_list("word\n", ["pms", "ann", "emails"], ADD),
    ],
)
def test_settings_that_cannot_be_changed_are_left_and_the_hint_says_what_to_add(change: Callable[[], str]):
    with pytest.raises(IlogError) as error:
        change()

    assert error.value.code == Code.CONFIG
    assert error.value.message.startswith("cannot change ilog.yaml:")
    assert error.value.hint.startswith("add to ilog.yaml, under pms")


@given(fronts(), st.sampled_from([["x"], ["x", "k"], ["é", "l"], ["pms", "zoe", "emails"]]), texts)
@settings(max_examples=120, deadline=None)
def test_i2_one_item_is_added_and_all_else_reads_as_before(text: str, keys: list[str], item: str):
    try:
        before = load(text).value
        after = add_to_list(text, keys, item)
    except (YamlError, IlogError):
        assume(condition=False)
    found = load(after).value
    assert all(found[key] == before[key] for key in before if key != keys[0])
    for key in keys:
        found = found[key]
    assert item in found
    assert all_comments(after) == all_comments(text)
    assert add_to_list(after, keys, item) == after
