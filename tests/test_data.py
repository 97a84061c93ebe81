"""Results as JSON and CSV: valid and inert whatever the notes say."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import interview
from interviewlog.render import data
from interviewlog.weeks import Week, span


@given(
    st.recursive(
        st.text(st.characters()), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8
    )
)
def test_json_is_valid_and_carries_no_control_sign(value):
    text = data.dumps(value)
    json.loads(text)
    text.encode()
    assert not [sign for sign in text if sign < " " and sign != "\n"]


@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=2), max_size=5))
def test_csv_reads_back_as_what_was_written_but_for_what_would_act(rows):
    read = list(csv.reader(io.StringIO(data.table_csv(["a", "b"], rows), newline="")))
    assert read[0] == ["a", "b"]
    assert len(read) == len(rows) + 1
    for cell in (cell for row in read for cell in row):
        assert not cell.lstrip(" \u00a0").startswith(tuple("=+-@|%"))
        assert not set("\x00\x1b\r\n\t") & set(cell)


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "|x", "%x", " =1", "\u00a0=1", "\t=1", "\n=1"])
def test_a_formula_gets_an_apostrophe(cell):
    assert data.table_csv(["a"], [[cell]]).splitlines()[1].startswith("'")


@pytest.mark.parametrize("cell", ["Acme", "a=1", "2026-11-18", "x@y.example", "’=1", ""])
def test_anything_else_stays(cell):
    assert next(csv.reader([data.table_csv(["a", "b"], [[cell, "x"]]).splitlines()[1]])) == [cell, "x"]


def test_a_note_has_every_key_whether_it_says_so_or_not():
    bare = data.interview(interview(pm=None))
    full = data.interview(
        interview(pm=["dev"], roles=["user"], via="sales", tldr="x", odd="y", body="# x\n\n- [ ] do\n")
    )
    assert set(bare) == set(full)
    assert (bare["via"], bare["pm"], bare["roles"], bare["minutes"]) == (None, (), (), None)
    assert (full["extra"], full["open_tasks"]) == ({"odd": "y"}, ["do"])


@pytest.mark.parametrize(
    ("first", "count", "labels"),
    [
        (Week(2026, 46), 2, ["W46", "W47"]),
        (Week(2026, 52), 4, ["26W52", "W53", "27W01", "W02"]),
        (Week(2026, 1), 1, ["W01"]),
    ],
)
def test_week_labels_carry_the_year_where_it_changes(first, count, labels):
    assert data.week_labels(list(span(first, first + (count - 1)))) == labels


def test_a_path_is_one_line():
    assert data.paths(["prod/interviews/x/a\nb\x1b.md"]) == "prod/interviews/x/a b\\x1b.md"
