"""Changing one value in what a person wrote: every other byte stays (I2, P19)."""

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
from interviewlog.yamltree import BY_HAND
from yamlstyles import all_comments, fronts, texts, words

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
    with pytest.raises(IlogError, match=r"^cannot set type: no front matter$"):
        set_field(b"# A\n", "type", "sales")


def test_a_value_that_would_make_the_front_matter_too_large_is_refused():
    with pytest.raises(IlogError, match="64 KiB"):
        set_field(note_text().encode(), "tldr", "x" * 70_000)


new_values = st.one_of(texts, words, st.lists(texts, max_size=3))


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
    assert found.get(key, type(value)()) == value
    assert list(found) == list(before | ({key: value} if value or key in before else {}))
    assert {name: each for name, each in found.items() if name != key} == {k: v for k, v in before.items() if k != key}
    assert set_field(after, key, value) == after
    if key in before:
        for line in front.splitlines():
            assert line in parts.front.decode() or key in line or line not in untouched(front, key)
    else:
        assert parts.front.startswith(front.encode())
        assert value or parts.front == front.encode()


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


@given(
    fronts(),
    st.dictionaries(st.sampled_from([*FIELDS, "x", "new"]), new_values, max_size=4),
    st.sampled_from(["", "  "]),
)
@settings(max_examples=200, deadline=None)
def test_i2_several_fields_change_at_once_as_they_would_one_by_one(front: str, changes: dict[str, Any], indent: str):
    text = "".join(f"{indent}{line}" for line in front.splitlines(keepends=True))
    raw = f"---\n{text}---\n{BODY}".encode()
    try:
        before = load(text).value
    except YamlError:
        assume(condition=False)
    after = set_fields(raw, changes)
    one_by_one = raw
    for key, value in changes.items():
        one_by_one = set_field(one_by_one, key, value)

    assert after == one_by_one
    assert split(after).body == BODY.encode()
    assert all_comments(split(after).front.decode()) == all_comments(text)
    kept = {key: value for key, value in load(split(after).front.decode()).value.items() if key not in changes}
    assert kept == {key: value for key, value in before.items() if key not in changes}


def test_a_field_is_left_without_a_value():
    raw = note_text(tldr='"heard much"  # mine', roles="\n  - user  # u\n  - buyer", body="x").encode()
    after = set_fields(raw, {"tldr": "", "roles": [], "nugget": "", "segments": []})

    assert after == raw.replace(b' "heard much"  # mine', b"  # mine").replace(
        b"roles: \n  - user  # u\n  - buyer", b"# u\nroles: []"
    )


# A field that cannot be read, while all others can.


@pytest.mark.parametrize(
    ("old", "expected"),
    [
        ("customer: @acme", 'customer: "Acme #1"'),
        ("customer: Acme #1", 'customer: "Acme #1"'),
        ("customer: Acme: North  # ours", 'customer: "Acme #1"  # ours'),
        ("customer:  [", 'customer: "Acme #1"'),
        ('customer: "Acme', 'customer: "Acme #1"'),
        ("customer: *a", 'customer: "Acme #1"'),
        ("customer: !!python/object x", 'customer: "Acme #1"'),
        ("'customer' : {a: b", "'customer' : \"Acme #1\""),
        ("customer:\n  - a: @b\n  - c", 'customer: "Acme #1"'),
        ("customer: M\udcfcller", 'customer: "Acme #1"'),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_field_that_cannot_be_read_is_written_anew(old: str, expected: str, line_end: str):
    text = f"# first\ntype: learning # t\n{old}\npm: [ ann ]\n\n# last\n"
    raw, wanted = (
        f"---\n{front}---\n{BODY}".replace("\n", line_end).encode("utf-8", "surrogateescape")
        for front in (text, text.replace(old, expected))
    )

    assert set_field(raw, "customer", "Acme #1") == wanted
    with pytest.raises(IlogError, match=r"^cannot set pm: line \d+: "):
        set_field(raw, "pm", "bo")


def test_several_that_cannot_be_read_are_written_anew_together():
    raw = b"---\ncustomer: @acme\ndate: 2026-11-18\ntldr: he said: no\n---\nx"

    assert set_fields(raw, {"tldr": "said no", "customer": "Acme", "via": "cs"}) == (
        b'---\ncustomer: "Acme"\ndate: 2026-11-18\ntldr: "said no"\nvia: cs\n---\nx'
    )
    with pytest.raises(IlogError, match=r"^cannot set tldr: line 2: "):
        set_fields(raw, {"tldr": "said no"})


@pytest.mark.parametrize("front", ["type: a\ntype: b\n", "type: [\n# c\n  a\n", "type: @a\n  # c\n  b\n"])
def test_a_field_whose_end_is_not_clear_is_left_to_a_person(front: str):
    with pytest.raises(IlogError) as error:
        set_field(f"---\n{front}---\n".encode(), "type", "sales")

    assert error.value.code == Code.BAD_NOTE


@pytest.mark.parametrize(
    "front",
    [
        "type: learning\n\tcrm: A-1\n",
        'type: "learn\n  keep: this\n',
        'type: "learn\n  keep:this\n',
        "type: [learning,\n  keep = this\n",
        'type: "learn\n  more  # why\n',
        'type: "learn\n- one\n',
        "type:\n  - @learn  # why\n",
        "type:\n  keep: @this\n",
        "type:\n  - a: @b\n    keep: this\n",
        "type: @learn\u2028keep: this\n",
        "type:\n  - @learn\x85keep: this\n",
    ],
)
def test_no_line_goes_that_may_be_more_than_a_part_of_what_cannot_be_read(front: str):
    with pytest.raises(
        IlogError, match=r"^cannot set type: line [234]: this may be more than a part of type$"
    ) as error:
        set_field(f"---\n{front}---\n".encode(), "type", "sales")

    assert error.value.code == Code.BAD_NOTE


@pytest.mark.parametrize(
    "front", ['type: "learn\n  and more\n', "type: [a,\n b\n", "type:\n  @learn\n", "type: @a\n b\n"]
)
def test_more_words_of_what_cannot_be_read_go_with_it(front: str):
    assert set_field(f"---\n{front}pm: ann\n---\n".encode(), "type", "sales") == b"---\ntype: sales\npm: ann\n---\n"


@pytest.mark.parametrize("after", ["body", "body\n---\nmore\n", ""])
def test_nothing_is_written_where_the_closing_line_would_not_be_found_again(after: str):
    with pytest.raises(IlogError, match=r"^cannot set tldr: line \d: ") as error:
        set_field(f"---\ntldr:\n ?\n---\n{after}".encode(), "tldr", "x")

    assert (error.value.code, error.value.hint) == (Code.BAD_NOTE, BY_HAND)
