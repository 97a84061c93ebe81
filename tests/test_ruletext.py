"""Changing the team's rules as text: every other byte stays (I2, P19)."""

from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from interviewlog.errors import Code, IlogError
from interviewlog.ruletext import add_entry, add_to_list
from interviewlog.yamltext import YamlError, load
from yamlstyles import all_comments, fronts, texts

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


def test_the_line_of_what_is_wrong_is_told():
    with pytest.raises(IlogError, match=r"^cannot change ilog\.yaml:2: pms is no mapping"):
        add_entry("a: b\npms: [c]\n", ["pms"], "zoe", "{}")
    with pytest.raises(IlogError, match=r"^cannot change ilog\.yaml:1: "):
        add_entry("a: @b\n", [], "c", "d")


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
