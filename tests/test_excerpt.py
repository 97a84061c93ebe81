"""The line at fault, and a caret under the right cell of it."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from builders import cpu_seconds
from interviewlog.render.clean import FORBIDDEN
from interviewlog.render.excerpt import lines
from interviewlog.render.grid import width


@pytest.mark.parametrize(
    ("column", "source", "expected"),
    [
        (11, "customer: @acme", "3 | customer: @acme\n  |           ^"),
        (1, "customer: @acme", "3 | customer: @acme\n  | ^"),
        (16, "customer: @acme", "3 | customer: @acme\n  |                ^"),
        (5, "株式会社: @", "3 | 株式会社: @\n  |         ^"),
        (7, "株式会社: 株", "3 | 株式会社: 株\n  |           ^"),
        (2, "a\tb", "3 | a   b\n  |  ^"),
        (3, "a\tb", "3 | a   b\n  |     ^"),
        (1, "\tcrm: x", "3 |     crm: x\n  | ^"),
        (3, "a\x1bb", "3 | a\\x1bb\n  |      ^"),
        (2, "a\u202eb", "3 | a\\u202eb\n  |  ^"),
        (2, "e\u0301x", "3 | éx\n  | ^"),
        (3, "e\u0301x", "3 | éx\n  |  ^"),
    ],
)
def test_the_caret_stands_under_the_cell_of_the_column(column: int, source: str, expected: str):
    assert "\n".join(lines(3, column, source)) == expected


def test_the_caret_keeps_its_cell_whatever_the_line_number():
    assert lines(1234, 2, "abc") == ["1234 | abc", "     |  ^"]


@pytest.mark.parametrize(("column", "source"), [(1, ""), (1, "  "), (0, "a"), (3, "a"), (-1, "a")])
def test_nothing_is_shown_without_a_text_or_a_place_in_it(column: int, source: str):
    assert lines(1, column, source) == []


@pytest.mark.parametrize("letter", ["x", "株", "\x1b", "\u0301"])
def test_a_long_line_is_cut_on_both_sides_of_the_caret(letter: str):
    source = f"{letter * 5000}@{letter * 5000}"
    text, caret = lines(7, 5001, source)

    assert width(text) <= 90
    assert width(caret) == width(text.partition("@")[0]) + 1
    assert cpu_seconds(lambda: lines(7, 5001, source)) < 0.1


sources = st.text(st.one_of(st.characters(), st.sampled_from("\t株\u0301\u200d\x1b\u202e 👍")), max_size=120)


@given(sources, st.integers(1, 130), st.integers(1, 99_999))
@example("x" * 120, 100, 1)
@example("a\nb\rc\x0b\x85\u2028d", 3, 1)
@settings(deadline=None)
def test_what_is_shown_is_clean_and_has_two_lines_of_bounded_width(source: str, column: int, line: int):
    shown = lines(line, column, source)

    assert len(shown) in {0, 2}
    for each in shown:
        assert not FORBIDDEN.search(each)
        assert "\n" not in each
        assert "\t" not in each
        assert width(each) <= len(f"{line} | ") + 80
