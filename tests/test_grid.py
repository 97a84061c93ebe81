"""Columns of text, as wide as a terminal shows them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from interviewlog.render.clean import clean
from interviewlog.render.grid import Cell, cut, draw, right, styled, width


@pytest.mark.parametrize(("text", "columns"), [("", 0), ("abc", 3), ("Ünï", 3), ("日本", 4), ("e\u0301", 1), ("👍", 2)])
def test_width_is_what_a_terminal_shows(text, columns):
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "columns", "shown"),
    [("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("ab cdef", 4, "ab…"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"),
     ("abc", 1, "…"), ("abc", 0, "abc")],
)  # fmt: skip
def test_a_text_too_long_ends_in_dots(text, columns, shown):
    assert cut(text, columns) == shown


@given(st.text(max_size=40), st.integers(1, 30))
def test_what_is_cut_fits(text, columns):
    assert width(cut(clean(text), columns)) <= columns


def test_columns_are_aligned_by_what_is_seen():
    rows = [[Cell("日本"), right("1"), Cell("x")], [Cell("abcde"), right("100"), Cell("yy")]]
    assert draw(rows) == "日本     1  x\nabcde  100  yy"


def test_only_the_last_cell_is_cut_and_no_line_ends_in_blanks():
    rows = [[Cell("a"), Cell("much too long for it")], [Cell("bbb"), Cell("")]]
    assert draw(rows, most=12) == "a    much t…\nbbb"


def test_short_lines_may_run_on_without_widening_a_column():
    rows = [[Cell("a"), right("1")], [Cell("bb"), Cell("a long remark")], [Cell("c"), right("22")]]
    assert draw(rows).splitlines()[0] == "a    1"


def test_a_cell_is_cleaned_but_its_tail_keeps_its_place():
    assert draw([[Cell("a\x1b[31m\n b", tail=" "), right("1", tail="*")]]) == "a\\x1b[31m b   1*"


def test_colour_wraps_a_cell_with_its_blanks_and_never_an_empty_one():
    assert styled("x", "bold green", colour=True) == "\x1b[1;32mx\x1b[0m"
    assert styled("x", "bold", colour=False) == styled("x", "", colour=True) == "x"
    assert styled("  ", "bold", colour=True) == "  "


@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=4), min_size=1, max_size=5))
def test_every_column_begins_in_one_place(table):
    rows = [[Cell(text) for text in row] for row in table]
    lines = draw(rows).split("\n")
    assert len(lines) == len(table)
    for line, row in zip(lines, table, strict=True):
        assert line.replace(" ", "") == "".join(clean(text) for text in row).replace(" ", "")
        assert wcswidth(line) >= 0


def test_nothing_is_nothing():
    assert draw([]) == ""
