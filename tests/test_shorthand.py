"""Short kinds spelt out: read as before, and every other byte stays."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewlog.kinds import SHORT
from interviewlog.observations import read_body
from interviewlog.shorthand import Spelt, is_worth_reading, spelt_out


def changed(text: str) -> str:
    return spelt_out(text)[0]


@pytest.mark.parametrize("letter", SHORT)
def test_every_letter_has_its_kind(letter):
    assert changed(f"- {letter}: x\n") == f"- {SHORT[letter]}: x\n"
    assert changed(f"- {letter.upper()}: x\n") == f"- {SHORT[letter]}: x\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- p: x", "- pain: x"),
        ("  *   P:\tx  \r\n", "  *   pain:\tx  \r\n"),
        ("+ [ ] p: x\n- [x] d: y\n", "+ [ ] pain: x\n- [x] delight: y\n"),
        ('- need: x\n  - q: "a: p: b"\n    - b: z\n', '- need: x\n  - quote: "a: p: b"\n    - behaviour: z\n'),
        ("<!-- why --> - n: x\n", "<!-- why --> - need: x\n"),
        ("- <!-- p: c --> w: x <!-- d: e -->\n", "- <!-- p: c --> workaround: x <!-- d: e -->\n"),
        ("<!--\n- p: hidden\n- d: too --> - o: x\n", "<!--\n- p: hidden\n- d: too --> - objection: x\n"),
        ("- p:\n  on the next line\n", "- pain:\n  on the next line\n"),
        ("- p: d: x\n", "- pain: d: x\n"),
        ("1. one\n   - s: x\n", "1. one\n   - surprise: x\n"),
        ("- just prose\n  - r: x\n", "- just prose\n  - request: x\n"),
        ("Heading\n---\n- g: x\r- c: y\n\n\n", "Heading\n---\n- goal: x\r- context: y\n\n\n"),
    ],
)
def test_only_the_letter_changes(before, after):
    assert changed(before) == after


@pytest.mark.parametrize(
    "text",
    [
        "- pain: p: x\n- behavior: x\n- PAIN: x\n",
        "- p:x\n- p : x\n- pp: x\n- http: p: x\n- **p**: x\n- p: \n",
        "p: x\n1. p: x\n> - p: x\n- `p: x`\n",
        "```\n- p: x\n```\n~~~\n- p: x\n~~~\n",
        "<!-- - p: x -->\n<!--\n- p: x\n-->\n<!-- never closed\n- p: x\n",
        "",
    ],
)
def test_what_is_no_observation_or_spelt_out_already_stays(text):
    assert spelt_out(text) == (text, [])


def test_the_lines_that_changed_are_told():
    assert spelt_out("# A\n\n- p: x\n- need: y\n  - q: z\n")[1] == [Spelt(3, "- pain: x"), Spelt(5, "  - quote: z")]


def test_a_line_of_a_template_is_nobodys_and_stays():
    assert spelt_out("- p: x\n- d: y\n", frozenset({"- p: x"})) == (
        "- p: x\n- delight: y\n",
        [Spelt(2, "- delight: y")],
    )


def test_a_body_whose_outcome_would_be_read_as_something_else_is_refused():
    with pytest.raises(ValueError, match="read as something else"):
        spelt_out("- p: x\n", frozenset({"- pain: x"}))


def test_ten_thousand_observations_take_three_readings():
    text = "- p: x <!-- d: y -->\n" * 10_000
    assert changed(text).count("- pain: x <!-- d: y -->\n") == 10_000


pieces = st.sampled_from(
    ["- p: x", "- d: y", "  - q: z", "* [ ] n: t", "- pain: p: x", "```", "~~~", "<!--", "-->", "<!-- a -->", " - w: v", "> - p: x", "1. s: t",
     "# p: h", "- `g: c` p: x", "b: prose", "\t- O: tab", "- <!-- r: --> c: x", "", "- p:", "  more", "----", "é: ü", "- \u200bp: x", "`", "- r: a `b"]
)  # fmt: skip
bodies = st.lists(st.tuples(pieces, st.sampled_from(["\n", "\r\n", "\r", " ", ""]))).map(
    lambda parts: "".join(a + b for a, b in parts)
)


@given(bodies)
@settings(max_examples=200, deadline=None)
def test_it_is_read_as_before_once_is_enough_and_nothing_else_changes(text):
    after, lines = spelt_out(text)
    one, other = read_body(text), read_body(after)
    assert (one.observations, one.near_misses, one.unclosed) == (other.observations, other.near_misses, other.unclosed)
    assert spelt_out(after) == (after, [])
    ends = re.compile(r"\r\n|\n|\r")
    old, new = ends.split(text), ends.split(after)
    assert ends.findall(text) == ends.findall(after)
    assert [number for number, (a, b) in enumerate(zip(old, new, strict=True), 1) if a != b] == [
        each.line for each in lines
    ]
    for each in lines:
        was, now = old[each.line - 1], new[each.line - 1]
        assert any(
            was == f"{now[:at]}{was[at]}{now[at + len(kind) :]}"
            for short, kind in SHORT.items()
            for at in range(len(now))
            if now[at:].startswith(f"{kind}:") and was[at : at + 1].lower() == short
        )
    assert not lines or is_worth_reading(text.encode())


@given(bodies)
@settings(max_examples=100, deadline=None)
def test_no_short_kind_is_left(text):
    after = changed(text)
    lines = re.split(r"\r\n|\n|\r", after)

    def look(observations):
        for each in observations:
            assert (
                "<!--" in lines[each.line - 1]
                or "-->" in lines[each.line - 1]
                or re.search(rf"{each.kind}|behavior|^[\s\d.)*+-]*(\[[ xX]\])?\s*$", lines[each.line - 1])
            ), lines[each.line - 1]
            look(each.evidence)

    look(read_body(after).observations)
