from functools import partial
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from builders import cpu_seconds
from interviewlog.interview import Body, Observation
from interviewlog.kinds import KINDS, SHORT
from interviewlog.nearmiss import near_miss
from interviewlog.observations import read_body

TEMPLATES = sorted((Path(__file__).parent.parent / "templates" / "notes").glob("*.md"))


def only(text: str) -> Observation:
    body = read_body(text)
    assert len(body.observations) == 1, body
    assert body.near_misses == ()
    return body.observations[0]


def kinds(text: str) -> list[str]:
    return [each.kind for each in read_body(text).observations]


# Rule 1: a list item is an observation only if it starts with a known kind and a colon.


@pytest.mark.parametrize(
    ("word", "kind"), [*((kind, kind) for kind in KINDS), *SHORT.items(), ("behavior", "behaviour")]
)
def test_every_kind_is_known_long_and_short_in_any_case(word: str, kind: str):
    for spelling in (word, word.upper(), word.capitalize()):
        assert only(f"- {spelling}: x").kind == kind


@pytest.mark.parametrize(
    "line", ["- pain: x", "* pain: x", "+ pain: x", "   - pain: x", "\t- pain: x", "-\tpain:\tx", "-   pain:  x "]
)
def test_any_bullet_and_indent_will_do(line: str):
    assert (only(line).kind, only(line).text) == ("pain", "x")


@pytest.mark.parametrize(("box", "done"), [("[ ] ", False), ("[x] ", True), ("[X] ", True), ("", None)])
def test_a_checkbox_may_stand_before_the_kind(box: str, done: bool | None):
    assert only(f"- {box}request: x").done is done


@pytest.mark.parametrize(
    "text",
    ["pain: x", "Pain: x\n", "- they said pain: x", "- pain", "- pain:", "- pain: ", "- hurt: x", "-- pain: x", "> - pain: x",
     "| - pain: x |", "- [y] pain: x", "- http://pain: x", "## pain: x", "- pain\\: x"],
)  # fmt: skip
def test_all_else_is_prose(text: str):
    assert read_body(text).observations == ()


def test_an_item_goes_on_in_the_lines_below_it():
    found = only("- pain:\n  SSO setup took\nthree days #sso\n  and two calls !3")

    assert (found.text, found.tags, found.severity) == ("SSO setup took three days and two calls", ("sso",), 3)


def test_a_paragraph_after_a_blank_line_belongs_to_the_item_only_if_indented():
    assert only("- pain: x\n\n  and y").text == "x and y"
    assert only("- pain: x\n\nand y").text == "x"
    assert only("   - pain: x\n\n\tand y").text == "x"
    assert only("- pain: x <!--\n\n a -->\nand y").text == "x and y"


# Rule 2: nested items are evidence for their parent and are not counted again.


def test_nested_items_are_evidence_and_not_counted_again():
    found = only('- pain: x\n  - quote: "y" (P1)\n    - context: z\n  - plain\n\n  - quote: later')

    assert [each.kind for each in found.evidence] == ["quote", "quote"]
    assert found.evidence[0].who == "P1"
    assert [each.kind for each in found.evidence[0].evidence] == ["context"]


@pytest.mark.parametrize(
    "text",
    [
        "- pain: x\n- quote: y",
        "  - pain: x\n- quote: y",
        "- pain: x\n - quote: y",
        "- pain: x\n\n# A\n  - quote: y",
        "   - pain: x\n\t- quote: y",
        "-    pain: x\n    - quote: y",
    ],
)
def test_items_side_by_side_count_each(text: str):
    assert kinds(text) == ["pain", "quote"]


@pytest.mark.parametrize(
    "text",
    [
        "-\tpain: x\n\t- quote: y",
        "- pain: x\n\t- quote: y",
        "*   pain: x\n    * quote: y",
        "-     pain: x\n  - quote: y",
    ],
)
def test_tabs_and_wide_gaps_nest_as_markdown_does(text: str):
    assert kinds(text) == ["pain"]


def test_below_mere_prose_items_stand_for_themselves():
    assert kinds("- Security\n  - pain: x\n  - need: y\n1. Price\n   - objection: z") == ["pain", "need", "objection"]


def test_very_deep_nesting_ends_somewhere():
    text = "\n".join("\t" * depth + "- pain: x" for depth in range(2000))

    assert read_body(text).observations


# Rule 3: nothing is read in code, comments and block quotes.


@pytest.mark.parametrize(
    "text",
    ["```\n- pain: x\n```", "~~~ md\n- pain: x\n```\n~~~", "````\n```\n- pain: x\n````", "  ```\n  - pain: x\n", "- ```\n- pain: x\n  ```",
     "<!-- - pain: x -->", "<!--\n- pain: x\n-->", "a <!--\n- pain: x\n--> b", "<!-- - pain: x", "> - pain: x", "  > > - pain: x",
     "<!-- a --> <!--\n- pain: x -->"],
)  # fmt: skip
def test_nothing_is_read_in_code_comments_and_block_quotes(text: str):
    body = read_body(text)

    assert body.observations == ()
    assert body.near_misses == ()


@pytest.mark.parametrize(
    "text",
    ["```\ncode\n```\n- pain: x", "~~~\ncode\n~~~~~\n- pain: x", "<!-- a -->\n- pain: x", "<!--\na\n-->\n- pain: x", "> said\n- pain: x",
     "`<!--`\n- pain: x", "``` not a fence ` ```\n- pain: x", "- pain: x <!-- a -->", "- pain: x <!-- a\nb -->", "<!-- a -->- pain: x",
     "`` ` <!-- ``\n- pain: x", "<!-- ` -->\n- pain: x <!-- ` -->", "~~~\n```\n~~~\n- pain: x"],
)  # fmt: skip
def test_what_comes_after_them_is_read_again(text: str):
    assert only(text).text == "x"


def test_inline_code_holds_no_marks_and_stays_in_the_text():
    found = only("- pain: runs `x #a !3 (P1)` and ``y ` #b`` #c")

    assert found.text == "runs `x #a !3 (P1)` and ``y ` #b``"
    assert (found.tags, found.severity, found.who) == (("c",), None, "")


def test_a_lone_backtick_is_no_code():
    assert only("- pain: the ` key #a").tags == ("a",)
    assert only("- pain: `` a ` #b").tags == ("b",)


def test_a_comment_that_is_never_closed_is_told_by_its_line():
    assert read_body("a\n<!-- b\n- pain: x").unclosed == 2
    assert read_body("<!-- a\n--> <!-- b\n", 10).unclosed == 11
    assert read_body("<!-- a -->\n").unclosed == 0


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_an_untouched_template_holds_no_observation(path: Path):
    text = path.read_text()
    filled = text.replace("{{ customer }}", "Acme Freight")
    lines = frozenset(line.strip() for line in text.splitlines())

    for body in (read_body(filled), read_body(filled, 12, lines)):
        assert body.observations == ()
        assert body.near_misses == ()
        assert body.is_empty
        assert body.unclosed == 0


def test_there_are_templates_to_test():
    assert len(TEMPLATES) >= 5


# Rule 4: a near miss is a warning with a suggestion, never a silent loss.


@pytest.mark.parametrize(
    ("item", "mend"),
    [
        ("pain:x", "- pain: x"),
        ("**pain**: x", "- pain: x"),
        ("**pain:** x", "- pain: x"),
        ("*Pain*: x", "- pain: x"),
        ("__pain__ : x", "- pain: x"),
        ("pains: x", "- pain: x"),
        ("pian: x", "- pain: x"),
        ("pain : x", "- pain: x"),
        ("pain：x", "- pain: x"),
        ("pain - x", "- pain: x"),
        ("Pain – x", "- pain: x"),
        ("behaviors: x", "- behaviour: x"),
        ("behavor: x", "- behaviour: x"),
        ("delihgt: x", "- delight: x"),
        ("suprise: x", "- surprise: x"),
        ("questions: x", "- question: x"),
        ("painn: x", "- pain: x"),
        ("paiin: x", "- pain: x"),
        ("pein: x", "- pain: x"),
        ("quotes: x", "- quote: x"),
        ("reqest: x", "- request: x"),
        ("[ ] requst: x", "- request: x"),
        ("p:x", "- pain: x"),
    ],
)
def test_a_near_miss_is_told_with_the_mend(item: str, mend: str):
    body = read_body(f"# A\n- {item}")

    assert body.observations == ()
    assert [(miss.line, miss.text, miss.mend) for miss in body.near_misses] == [(2, item, mend)]
    assert near_miss(item) == mend
    assert only(mend).text == "x"


@pytest.mark.parametrize(
    ("line", "mend"),
    [
        ("1. pain: x", "- pain: x"),
        ("2) Need: x", "- Need: x"),
        ("1. pain:x", "- pain: x"),
        ("-pain: x", "- pain: x"),
        ("• pain: x", "- pain: x"),
        ("– pain: x", "- pain: x"),
        ("  *quote: x", "- quote: x"),
    ],
)
def test_an_observation_that_is_almost_a_list_item_is_a_near_miss(line: str, mend: str):
    body = read_body(f"- pain: a\n\n{line}\n")

    assert [each.text for each in body.observations] == ["a"]
    assert [(miss.line, miss.mend) for miss in body.near_misses] == [(3, mend)]
    assert only(mend).text == "x"


def test_a_near_miss_among_the_evidence_is_told_too():
    assert [miss.mend for miss in read_body("- pain: x\n  - quotes: y\n").near_misses] == ["- quote: y"]


@pytest.mark.parametrize(
    "item",
    ["they pay: x", "pair: x", "paid: x", "paint: x", "plain: x", "quota: x", "quite: x", "next: x", "note: x", "content: x",
     "contest: x", "nerd: x", "path: /x", "goat: x", "https://x", "p - x", "c:\\temp", "pain", "pain point: x", "pain:", "10:30 x",
     "Acme: x", "user: x", "today: x", "follow-up: x", "price: x", "**Acme**: x", "**bold** text", "global: x", "daylight: x", "is: x",
     "as: x", "news: x", "main: x", "feed: x", "objective: x", "painful: x", "ps: x", "P1: x", "N/A: x"],
)  # fmt: skip
def test_everyday_words_give_no_false_alarm(item: str):
    body = read_body(f"- {item}")

    assert body.near_misses == ()
    assert body.observations == ()


@pytest.mark.parametrize(
    "line", ["Pain: x", "**Goal:** x", "Question - x", "1. Next: x", "10. x", "– so they said: x", "*emphasis* pain: x"]
)
def test_prose_gives_no_false_alarm(line: str):
    assert read_body(line).near_misses == ()


# Rule 5, and the marks: tags, severity, who.


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("x #sso", ("sso",)),
        ("#sso x", ("sso",)),
        ("x #SSO #sso", ("sso",)),
        ("x #a #b, #c.", ("a", "b", "c")),
        ("x #h12/for #seg/mid-market #nugget", ("h12/for", "seg/mid-market", "nugget")),
        ("x #größe_2-a #日本", ("größe_2-a", "日本")),
        ("x #a/", ("a",)),
        ("x #42", ()),
        ("x #4a", ()),
        ("https://x/#frag", ()),
        ("x#y", ()),
        ("(#y)", ()),
        ("x # y", ()),
        ("x ##y", ()),
        ("x #-y #_y", ()),
    ],
)
def test_a_tag_is_a_hash_and_a_letter_after_a_blank(text: str, tags: tuple[str, ...]):
    assert only(f"- pain: {text}").tags == tags


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("x !3", 3),
        ("!0 x", 0),
        ("x !1 #a", 1),
        ("x !4", None),
        ("x!3", None),
        ("x !3!", None),
        ("x !33", None),
        ("x !3.", None),
    ],
)
def test_a_severity_is_a_token_of_its_own(text: str, severity: int | None):
    assert only(f"- pain: {text}").severity == severity


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("x (P1)", "P1"),
        ("x (P12).", "P12"),
        ("x (p1)", ""),
        ("x(P1)", ""),
        ("x (P)", ""),
        ("x (P1, P2)", ""),
        ("x (P١)", ""),
    ],
)
def test_who_is_a_code_in_brackets(text: str, who: str):
    assert only(f"- pain: {text}").who == who


def test_marks_are_cut_from_the_text_and_all_else_stays():
    assert (
        only("- pain: SSO setup #sso took #42 days !3 (P1) at https://x/#y !").text
        == "SSO setup took #42 days at https://x/#y !"
    )


def test_lines_are_those_of_the_file():
    assert [each.line for each in read_body("\r\n- pain: x\r- need: y\n", 10).observations] == [11, 12]


# What shows that somebody wrote in it.


def test_a_body_is_empty_without_an_observation_two_items_or_120_characters():
    for text in ("", "# A\n", "- one\n", "x" * 119, "1. one\n", "> " + "x" * 119, "***\n\n---\n\n- - -\n\n* * *\n"):
        assert read_body(text).is_empty, text
    for text in (
        "- pain: x",
        "- one\n- two",
        "- one\n  - two",
        "1. one\n2. two",
        "x" * 120,
        "> " + "x" * 120,
        f"```\n{'x' * 120}\n```",
    ):
        assert not read_body(text).is_empty, text


def test_headings_comments_and_template_text_are_nobodys_words():
    template = frozenset({"Ask about the last time.", "- who was there", "- what came next"})
    text = f"# {'x' * 200}\n<!-- {'x' * 200} -->\nAsk about the last time.\n- who was there\n  - what came next\n"

    body = read_body(text, 1, template)
    assert (body.items, body.prose, body.is_empty) == ((), 0, True)
    assert read_body(text + "x" * 120, 1, template).prose == 120
    assert read_body("> - who was there\n```\nAsk about the last time.\n```\n<!-- a\n--> four", 1, template).prose == 4


def test_items_are_all_own_list_items_without_their_checkbox():
    body = read_body("- one\n  - two\n- [ ] three\n- [x] four\n1. five\n-\n- \n* * *\n")

    assert body.items == ("one", "two", "three", "four", "five -")


def test_open_tasks_are_unticked_boxes_at_any_depth():
    assert read_body("- [ ] a\n  - [ ] b\n  - [x] c\n- [ ]d\n- e").open_tasks == ("a", "b")


# Total, and fast.

marks = st.sampled_from(
    ["- ", "* ", "1. ", "  ", "\t", "pain", ":", ": ", "x", " #a", " !3", " (P1)", "`", "``", "```", "~~~", "<!--", "-->", "\n", "\r\n",
     "\r", ">", "#", "[ ] ", "[x] ", "**", "é", "\x85", "\u2028", "\x00", "\ud800", "quotes: y", "---"]
)  # fmt: skip
bodies = st.one_of(st.text(max_size=80), st.lists(marks, max_size=40).map("".join))


@given(bodies, st.integers(1, 99))
@example("\n".join("  " * depth + "- pain: x" for depth in range(300)), 1)
@settings(max_examples=400, deadline=None)
def test_reading_is_total_and_its_lines_lie_within_the_text(text: str, first: int):
    body = read_body(text, first)

    last = first + text.count("\n") + text.count("\r")
    assert isinstance(body, Body)
    for each in [*body.observations, *body.near_misses]:
        assert first <= each.line <= last
    assert all(each.kind in KINDS for each in body.observations)
    assert not body.is_empty or not body.observations


@given(bodies)
@settings(max_examples=150, deadline=None)
def test_line_ends_make_no_difference(text: str):
    plain = text.replace("\r", "\n")

    assert read_body(plain) == read_body(plain.replace("\n", "\r\n"))


SIZE = 60_000


@pytest.mark.parametrize(
    "unit",
    ["`", "<!--", "-->", "<!---->", "<!---->`", "`<!--", "[", "](", " ", "\t", "#", "# ", " #a", "#a/", "-", "- ", "> ", "\n", "\r",
     "~", "!", "!1 ", "(P", "(P1) ", "- [ ] ", "-\t", "``a`a", "pain: ", "pain", "- pain:", "\n- a", "1. ", "**a", "**", "_a", "a:", "a ",
     "- pain: x `\n", "- pain: x\n  - quote: y\n", "\n\n  - a", "- - ", "* * ", "<", "`a` <!--x--> "],
)  # fmt: skip
def test_no_run_of_characters_takes_long(unit: str):
    for start in ("", "- pain: x ", "- ", "<!-- "):
        assert cpu_seconds(partial(read_body, start + unit * (SIZE // len(unit)))) < 1


def test_backticks_of_all_lengths_take_no_time():
    text = " ".join("`" * length for length in range(1, 340))

    for each in (text, f"- pain: {text}", f"{text} <!-- x -->" * 2):
        assert cpu_seconds(partial(read_body, each)) < 0.5


def test_a_no_break_space_behind_the_blank_hides_no_observation_and_a_mend_can_be_followed():
    body = read_body("- pain: \u00a0x\n- pain:\u00a0y\n- pain: \x0cz\n")
    assert [each.text for each in body.observations] == ["x", "z"]
    (miss,) = body.near_misses
    assert [each.text for each in read_body(miss.mend).observations] == ["y"]
