"""YAML as people type it: what it says, within limits, and where. What a slip is answered with: test_yamlslip."""

import re
from functools import partial

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from builders import cpu_seconds
from interviewlog.yamlerror import place
from interviewlog.yamlevents import DEEPEST
from interviewlog.yamltext import MOST_BYTES, MOST_NODES, YamlError, load, spots


def broken(text: str) -> YamlError:
    with pytest.raises(YamlError) as error:
        load(text)
    assert error.value.what
    assert error.value.mend
    assert error.value.line >= 1
    return error.value


@pytest.mark.parametrize("key", ["content", "handler", "self", "metadata", "on", "2024", "~", "null", "1.5", "<<", "="])
def test_p1_p2_any_key_is_text_as_written(key: str):
    assert load(f"{key}: x").value == {key: "x"}


@pytest.mark.parametrize(
    "word",
    ["no", "on", "NO", "Null", "~", "12:30", "014", "007", "1_000", "1.10", "3.10", "7-11", "2026-02-30", "0xfff", "=1",
     "9223372036854775808", "9" * 5000, "1e400", ".inf", "2026-11-21T23:30-08:00", "true", "+1", "50%"],
)  # fmt: skip
def test_p9_p10_p12_a_value_stays_the_text_it_was(word: str):
    assert load(f"key: {word}").value == {"key": word}
    assert load(f"key: [{word}]").value == {"key": [word]}


@pytest.mark.parametrize(
    ("text", "value"), [("", {}), ("# only a comment\n", {}), ("- a\n- b", ["a", "b"]), ("word", "word")]
)
def test_p3_what_is_no_mapping_is_given_as_what_it_is(text: str, value: object):
    assert load(text).value == value


def test_an_empty_value_is_empty_text():
    assert load("a:\nb:  # customer, prospect\nc: ''").value == {"a": "", "b": "", "c": ""}


def test_lines_of_top_keys_are_known_and_those_below_are_not():
    assert load("a: 1\n# c\nb:\n  c: 2\nd: 3\n").lines == {"a": 1, "b": 3, "d": 5}


def test_p7_a_duplicate_key_is_named_with_its_lines():
    error = broken("tldr: one\npm: x\ntldr: two\n")

    assert (error.line, error.column) == (3, 1)
    assert "tldr stands twice, in lines 1 and 3" in error.what


@pytest.mark.parametrize("text", ["a: {b: 1, b: 2}", "a:\n  b: 1\n  b: 2", "a: 1\n'a': 2", '? a\n: 1\n"a": 2'])
def test_p7_duplicates_are_found_at_any_depth_and_in_any_quotes(text: str):
    assert "stands twice" in broken(text).what


@pytest.mark.parametrize(
    "text",
    ["a: !!python/object:os.system x", "a: !foo x", "!x a: b", "a: ! x", "a: !!str x", "!!map {a: b}", "a: !!set {}"],
)
def test_p8_tags_are_refused(text: str):
    assert "for a tag" in broken(text).what


@pytest.mark.parametrize("text", ["a: &x 1", "a: &a [*a]", "a: &x {b: 1}", "&k a: 1", "x: &x 1\ny: *x"])
def test_p14_anchors_are_refused(text: str):
    error = broken(text)

    assert "for an anchor" in error.what
    assert error.mend.startswith("write the value without &")


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("customer: *acme", "YAML takes *acme for an alias"),
        ("customer: &acme", "YAML takes &acme for an anchor"),
        ("customer: !acme x", "YAML takes !acme for a tag"),
        ("customer: !!str x", "YAML takes !!str for a tag"),
    ],
)
def test_p13_what_yaml_takes_for_something_else_is_shown_as_typed_and_answered_with_quotes(line: str, what: str):
    error = broken(f"pm: x\n{line}\n")

    assert (error.what, error.line, error.column) == (what, 2, 11)
    assert error.mend == f'put it in quotes: customer: "{line.removeprefix("customer: ")}"'


@pytest.mark.parametrize(
    ("line", "quoted"),
    [
        ("customer: @acme", 'customer: "@acme"'),
        ("customer: Acme: North", 'customer: "Acme: North"'),
        ("customer: `acme", 'customer: "`acme"'),
        ("customer: %acme", 'customer: "%acme"'),
        ('customer: @a "b" \\', 'customer: "@a \\"b\\" \\\\"'),
    ],
)
def test_p13_a_value_that_wants_quotes_is_answered_with_the_line_to_write(line: str, quoted: str):
    error = broken(f"pm: x\n{line}\n")

    assert error.line == 2
    assert error.mend == f"put it in quotes: {quoted}"


@pytest.mark.parametrize(
    "line", ["customer: Acme #1", "customer:\tAcme\t#1", "customer: [Acme #1, b]", "customer: Acme  #west # really"]
)
def test_p13_a_value_that_yaml_would_cut_short_at_a_hash_is_refused(line: str):
    error = broken(f"pm: x\n{line}\n")

    assert error.line == 2
    assert "YAML reads only `Acme`" in error.what


def test_a_mend_can_be_typed_and_a_message_stays_short():
    assert broken('a: the "x" \\ #1').mend == 'put it in quotes: a: "the \\"x\\" \\\\ #1"'
    assert broken("a: [Acme #1, b]").mend == 'put it in quotes: "Acme #1"'
    assert broken("a: x\n\n  y #1").mend == 'put it in quotes: a: "x y #1"'
    for text in ("a: " + "x" * 60_000 + " #1", "a: @" + "x" * 60_000, "a: x\n\n  y #1"):
        error = broken(text)
        assert len(error.what + error.mend) < 600
        assert "\n" not in error.what + error.mend


@pytest.mark.parametrize(
    "text",
    ["a: Acme # a comment", "a: Acme #", "a: 'Acme' #1", "a: Acme#1", "a: [b] #1", "#1\na: Acme", "a:\n  - Acme # one"],
)
def test_a_comment_after_a_blank_is_a_comment(text: str):
    assert "Acme" in str(load(text).value) or text == "a: [b] #1"


def test_p14_limits_are_met_before_anything_is_loaded():
    for text, what in (
        ("[" * 200_000, "64 KiB"),
        ("é" * (MOST_BYTES // 2 + 1), "64 KiB"),
        ("[" * 60_000, "deeper"),
        ("{a: " * 15_000, "deeper"),
        ("- " * 30_000, "deeper"),
        ("[" + "a," * 30_000 + "]", f"more than {MOST_NODES}"),
    ):
        assert what in broken(text).what
        assert cpu_seconds(partial(broken, text)) < 0.1


def test_p14_the_limits_themselves_are_allowed():
    assert (MOST_BYTES, DEEPEST, MOST_NODES) == (65_536, 8, 2_000)
    assert load("[" * DEEPEST + "]" * DEEPEST).value
    assert len(load("[" + "a," * (MOST_NODES - 1) + "]").value) == MOST_NODES - 1
    assert load("a" * 1000 + ": '" + "x" * (MOST_BYTES - 1005) + "'").value
    broken("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1))
    assert len(load("[" + "a," * MOST_NODES + "]", most=MOST_NODES + 1).value) == MOST_NODES


def test_p14_a_second_document_is_refused():
    assert "second" in broken("a: 1\n--- \nb: 2\n").what


@pytest.mark.parametrize("text", ["{a: 1}: b", "[a]: b", "? [a]\n: b"])
def test_a_key_that_is_a_list_is_refused(text: str):
    assert "a key that is itself" in broken(text).what


@pytest.mark.parametrize(
    "character", ["\x00", "\x1b", "\x07", "\x7f", "\x85", "\x9b", "\u2028", "\u2029", "\ud800", "\ufffe", "\uffff"]
)
def test_a_character_that_yaml_forbids_or_no_editor_shows_as_a_line_end_is_a_problem_at_its_place(character: str):
    for text in (f"pm: é\r\nc: éé{character}", f'pm: é\nc: "é{character}"', f"pm: é\rc: é:{character}d: e\n"):
        error = broken(text)
        assert (error.line, error.column) == (2, 6)
        assert error.what.endswith(f"U+{ord(character):04X}")


@pytest.mark.parametrize("head", [">5", "|2", ">1-", ">-3", "> #5 is slow", "| 3"])
def test_what_yaml_takes_for_the_head_of_a_text_is_a_problem(head: str):
    error = broken(f"crm: {head}\npm: x\n")

    assert (error.line, error.column) == (1, 6)
    assert error.mend == f'put it in quotes: crm: "{head}"'


@pytest.mark.parametrize("head", ["|", ">", "|-", ">+", "| # a comment", ">-  #"])
def test_a_text_below_its_head_is_read_and_one_that_is_not_there_is_empty(head: str):
    assert load(f"crm: {head}\npm: x\n").value == {"crm": "", "pm": "x"}
    assert load(f"crm: {head}\n  a #1\npm: x\n").value["crm"].strip() == "a #1"
    assert load("crm: |1\n  a\n").value == {"crm": " a\n"}


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_the_place_of_what_is_wrong_is_that_of_an_editor(line_end: str, bom: str):
    error = broken(f"{bom}# é\npm: ключ\ncustomer: @acme\ntype: x\n".replace("\n", line_end))

    assert (error.line, error.column, error.source) == (3, 11, "customer: @acme")
    with pytest.raises(YamlError) as error:
        load(f"{bom}a: @b\n", first_line=5)
    assert (error.value.line, error.value.column) == (5, 4 + len(bom))
    for value in ("*b", "b #1", "&b", "[[[[[[[[[", ">5"):
        error = broken(f"{bom}a: {value}\n")
        assert (error.line, error.column) == (1, (4 if value[0] != "[" else 11) + len(bom))


def test_a_line_that_is_shown_has_an_end():
    assert len(broken(f"a: @{'x' * 50_000}").source) == 10_000


def test_it_is_told_where_each_key_value_and_item_stands():
    found = spots("\ufeffé: b\r\nc:\r\n  - d\r\n  -  e\r\nf: [g,  h]\r\ni:\r\nj: {k: l}\r\n? m\r\nn: |\r\n  o\r\n", 2)

    def at(key: str) -> list[tuple[int, int]]:
        return [(each.line, each.column) for each in (found[key].key, found[key].value, *found[key].items)]

    assert (at("é"), at("c"), at("f")) == (
        [(2, 2), (2, 5)],
        [(3, 1), (3, 1), (4, 5), (5, 6)],
        [(6, 1), (6, 4), (6, 5), (6, 9)],
    )
    assert (at("i"), at("j"), at("m"), at("n")) == (
        [(7, 1), (7, 3)],
        [(8, 1), (8, 4)],
        [(9, 3), (9, 3)],
        [(10, 1), (10, 4)],
    )
    assert (found["f"].of(2), found["f"].of(0), found["f"].of(9)) == (
        found["f"].items[1],
        found["f"].value,
        found["f"].value,
    )
    assert found["f"].value.source == "f: [g,  h]"
    assert spots("# nothing") == {}


@given(st.text(st.sampled_from("ab\n\r é"), max_size=30), st.integers(0, 30))
@example("a\r\nb", 3)
@example("a\r\nb", 1)
@settings(deadline=None)
def test_a_place_is_found_again_by_its_line_and_column(text: str, offset: int):
    at = min(offset, len(text))
    if text[max(at - 1, 0) : at + 1] == "\r\n":
        at -= 1  # nothing stands between the two
    found = place(text, at, 5)
    lines = re.split(r"\r\n|\n|\r", text)

    assert lines[found.line - 5] == found.source
    assert text[at : at + 1].strip("\r\n") == found.source[found.column - 1 : found.column]


def test_p18_escapes_give_the_characters_they_name():
    assert load(r'a: "\0\e[31m\u202e"').value == {"a": "\0\x1b[31m\u202e"}


yamlish = st.text(st.sampled_from("ab1 \n\t:-#,'\"[]{}&*!|>%@`?~\r\\é\ud800\x00\u2028"), max_size=60)


@given(st.one_of(yamlish, st.text(max_size=60)))
@example("? ")
@example("%YAML 1.1\n---\na")
@example("%TAG ! !\n")
@example("a: |9\n x")
@example("\ufeff\ufeffa: b")
@settings(max_examples=500, deadline=None)
def test_i5_reading_is_total(text: str):
    try:
        found = load(text)
    except YamlError as error:
        assert error.what  # noqa: PT017
        assert error.mend  # noqa: PT017
        assert 1 <= error.column <= len(error.source) + 1  # noqa: PT017
        assert error.line <= len(re.split(r"\r\n|\n|\r", text))  # noqa: PT017
        return
    if isinstance(found.value, dict):
        assert {key: spot.key.line for key, spot in spots(text).items()} == found.lines
