"""The short way of reading front matter says what the long way says, or nothing."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from builders import note_text
from interviewlog import plainyaml
from interviewlog.draft import draft
from interviewlog.note import split
from interviewlog.yamlevents import by_events
from interviewlog.yamltext import MOST_NODES, YamlError

PLAIN = """\
# how it is written mostly
date: 2026-11-18
customer: "Acme: Freight #1"
pm: [caroline, dev@example.com]

type: learning  # what we came for
roles: ["P1 – ops lead", 'b, c', d e]
crm: https://example.com/a?b=c at 12:30 (é)
tldr:
sales: []
"""


def test_the_plain_form_is_read():
    found = plainyaml.read(PLAIN, MOST_NODES, first_line=2)

    assert found
    assert found.values == {
        "date": "2026-11-18", "customer": "Acme: Freight #1", "pm": ["caroline", "dev@example.com"], "type": "learning",
        "roles": ["P1 – ops lead", "b, c", "d e"], "crm": "https://example.com/a?b=c at 12:30 (é)", "tldr": "", "sales": [],
    }  # fmt: skip
    assert found.lines == {
        "date": 3, "customer": 4, "pm": 5, "type": 7, "roles": 8, "crm": 9, "tldr": 10, "sales": 11,
    }  # fmt: skip


@pytest.mark.parametrize("full", [False, True])
def test_what_ilog_itself_writes_is_plain(full: bool):
    fields = {"customer": "Acme: North", "pm": "caroline", "roles": ["user"], "tldr": "a, b", "minutes": "35"}

    assert plainyaml.read(split(draft(fields, "", full=full).encode()).front.decode(), MOST_NODES)
    assert plainyaml.read(split(note_text().encode()).front.decode(), MOST_NODES)


@pytest.mark.parametrize(
    "text",
    ["a: 1\na: 2", "a: b: c", "a: @b", "a: b\n  c", "a:\n  - b", "- a", "a", "a: {b: c}", "a: 'it''s'", 'a: "\\n"', "a: |\n  b",
     "a: b #c", "a: [b, [c]]", "a: [b: c]", "a: b\r\nc: d", "a: \u2028", "a: \x1b", " a: b", "a:b", "a: *b", "? a", "é: b", "a: !b c"],
)  # fmt: skip
def test_what_is_not_plain_is_left_to_yaml(text: str):
    assert plainyaml.read(text, MOST_NODES) is None


def test_the_limit_of_values_is_that_of_yaml():
    for text, nodes in (("a: [b, c]\nd: e\n", 7), ("a: b", 3), ("# a", 1)):
        assert plainyaml.read(text, nodes)
        assert plainyaml.read(text, nodes - 1) is None
    with pytest.raises(YamlError, match="more than 6"):
        by_events("a: [b, c]\nd: e\n", 6, 1)


signs = st.text(st.sampled_from("ab1 ,:#-'\"[]{}&*!|>%@`?~\\é\u2028\x85\ufeff\xa0.=<_/()\t\r"), max_size=6)
words = st.one_of(
    signs, st.text(max_size=4), st.sampled_from(["word", "two words", "12:30", "a::b", " # c", "#", "http://a.b"])
)
keys = st.sampled_from(["a", "b", "key", "k-1", "_", "Ab", "é", "1", "<<", "on"])
values = st.one_of(
    words,
    words.map(lambda word: f'"{word}"'),
    words.map(lambda word: f"'{word}'"),
    st.lists(words, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
    st.tuples(words, words).map(lambda pair: f"{pair[0]}  # {pair[1]}"),
)
lines = st.one_of(
    st.tuples(keys, values).map(": ".join),
    keys.map(lambda key: f"{key}:"),
    words.map(lambda word: f"# {word}"),
    words,
    st.just(""),
)
texts = st.one_of(
    st.lists(lines, max_size=4).map("\n".join), st.lists(lines, max_size=4).map("\n".join).map(lambda t: f"{t}\n")
)


@given(texts)
@example(PLAIN)
@example("a: b\n#")
@example("a:   \nb: ' x '\n")
@example("a: [ b , 'c' ]")
@example("a: -")
@example("a: b:")
@example("a: b :c")
@example("a: [b -c]")
@settings(max_examples=1200, deadline=None)
def test_wherever_it_answers_it_answers_what_yaml_does(text: str):
    found = plainyaml.read(text, MOST_NODES, first_line=2)
    if found is None:
        return
    said = by_events(text, MOST_NODES, 2)
    assert list(found.values.items()) == list(said.value.items())
    assert found.lines == said.lines
