from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewlog.fields import FIELDS, TYPES, typed


def read(name: str, value: Any) -> tuple[Any, list[str]]:
    found, misfits = typed(FIELDS[name], value)
    assert all(misfit.what.startswith(name) and misfit.mend for misfit in misfits)
    return found, [misfit.mend for misfit in misfits]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("date", "2026-11-18", date(2026, 11, 18)),
        ("date", "1990-01-01", date(1990, 1, 1)),
        ("customer", " no ", "no"),
        ("customer", "12:30", "12:30"),
        ("pm", "caroline", ("caroline",)),
        ("pm", ["caroline", "dev", ""], ("caroline", "dev")),
        ("type", "Win-Loss", "win-loss"),
        ("roles", "user", ("user",)),
        ("roles", ["User", "buyer"], ("user", "buyer")),
        ("segments", ["smb"], ("smb",)),
        ("minutes", "35", 35),
        ("minutes", "600", 600),
        ("imported", "True", True),
        ("imported", "false", False),
        ("retain_until", "2030-01-01", date(2030, 1, 1)),
        ("participants", ["P1 – ops lead"], ("P1 – ops lead",)),
    ],
)
def test_a_value_is_read_as_its_field_says(name: str, value: Any, expected: Any):
    assert read(name, value) == (expected, [])


@pytest.mark.parametrize("name", FIELDS)
def test_an_empty_value_is_a_missing_one(name: str):
    empty = () if FIELDS[name].kind in {"texts", "slugs", "choices"} else None

    assert read(name, "") == read(name, "  ") == (empty, [])


@pytest.mark.parametrize(
    "value",
    ["2026-02-30", "2026-13-01", "0000-01-01", "1989-12-31", "26-11-18", "18.11.2026", "20261118", "2026-11-21T23:30-08:00",
     "2026-11-18 10:00", "2026-W47-3", "today", "２０２６-１１-１８"],
)  # fmt: skip
def test_p10_p11_a_date_is_a_day_of_the_calendar_from_1990_on(value: str):
    found, mends = read("date", value)

    assert found is None
    assert len(mends) == 1


@pytest.mark.parametrize("value", ["0", "601", "035", "-5", "3.5", "35 min", "1_0", "９", "0x10", "9" * 5000])
def test_p12_minutes_are_whole_and_at_most_600(value: str):
    found, mends = read("minutes", value)

    assert found is None
    assert len(mends) == 1


def test_a_word_that_is_not_known_is_answered_with_the_nearest():
    assert read("type", "lerning") == (None, ["did you mean learning?"])
    assert read("type", "xyz") == (None, [f"write one of {', '.join(TYPES)}"])


@pytest.mark.parametrize("text", ["user; buyer", "user/buyer", "User and buyer", "user & buyer", "user, buyer"])
def test_several_words_where_a_list_is_wanted_are_answered_with_the_list(text: str):
    for value in (text, [text]):
        usable, (misfit,) = typed(FIELDS["roles"], value)
        assert (usable, misfit.mend) == ((), "write roles: [user, buyer]")
    (misfit,) = typed(FIELDS["roles"], "usr; buyer")[1]
    assert "[" not in misfit.mend
    assert "[" not in typed(FIELDS["type"], "sales/learning")[1][0].mend


def test_a_list_keeps_its_usable_items():
    found, mends = read("roles", ["user", "bayer", "admin"])

    assert found == ("user", "admin")
    assert mends == ["did you mean buyer?"]


def test_a_text_that_is_too_long_keeps_its_words():
    found, mends = read("tldr", "x" * 201)

    assert found == "x" * 201
    assert mends == ["shorten it to 200 characters"]
    assert read("nugget", "x" * 280) == ("x" * 280, [])


@pytest.mark.parametrize(
    ("name", "value"), [("customer", ["a"]), ("date", {"a": "b"}), ("roles", [["user"]]), ("pm", {})]
)
def test_a_value_of_the_wrong_shape_is_a_misfit(name: str, value: Any):
    found, mends = read(name, value)

    assert not found
    assert len(mends) == 1


words = st.text(max_size=8)
shapes = st.recursive(words, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=2))


@given(st.sampled_from(list(FIELDS)), shapes)
def test_reading_a_field_is_total(name: str, value: Any):
    read(name, value)
