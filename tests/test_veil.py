"""What reports show of a text: never a piece of what is personal in it, and always the right place."""

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import cpu_seconds
from interviewlog.insights.giveaways import in_text
from interviewlog.insights.known import Known
from interviewlog.insights.report import Report
from interviewlog.insights.veil import Veil
from interviewlog.person import Person

KNOWN = Known((Person("P7", ("Xenia Quist",)),))
MAIL = "jane.doe@acmecorp.com"


def shown(text: str, line: int, column: int, what: str = "", source: str | None = None) -> Report:
    lines = text.split("\n")
    report = Report(
        "a.md", line, column, "x", what, "", "warning", lines[line - 1] if source is None else source, column
    )
    return Veil(KNOWN, text).over(report)


def test_the_caret_stays_under_its_place_behind_what_is_masked():
    text = f"first\n- pain: {MAIL} and {MAIL} wait#here"
    found = shown(text, 2, text.split("\n")[1].index("#") + 1)
    assert found.source == "- pain: j…@… and j…@… wait#here"
    assert found.source[found.caret - 1] == "#"


@pytest.mark.parametrize("where", [9, 15, 29])
def test_a_place_within_or_at_what_is_masked_is_shown_at_its_beginning_or_end(where):
    found = shown(f"- pain: {MAIL}", 1, where)
    assert found.source == "- pain: j…@…"
    assert 1 <= found.caret <= len(found.source) + 1


def test_a_value_that_lies_across_the_end_of_what_is_shown_is_masked_before_it_is_cut():
    found = shown("- pain: " + "x " * 4989 + MAIL, 1, 1)
    assert "jane" not in found.source
    assert len(found.source) <= 10_000


def test_a_name_that_goes_on_in_the_next_line_is_masked_in_both_and_in_what_is_said():
    text = "- pain: as told by Xenia\n  Quist yesterday"
    first, second = shown(text, 1, 3, "did you mean - pain: as told by Xenia"), shown(text, 2, 3, "Quist yesterday")
    assert "Xenia" not in first.source + first.what
    assert "Quist" not in second.source + second.what


def test_each_line_of_a_key_is_masked():
    text = f"-----BEGIN {'PRIVATE'} KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nabcdefgh"
    assert "MIIE" not in shown(text, 2, 2).source
    assert "abcdefgh" not in shown(text, 3, 2).source


def test_a_line_that_is_not_of_the_text_is_masked_by_itself():
    assert shown("other", 1, 6, source=f"mail {MAIL}: now").source == "mail j…@…: now"


def test_a_line_with_thousands_of_findings_costs_little_more_for_each():
    def look(times: int) -> None:
        text = "(0) 1 " * times + "a@b.cd " * times
        veil = Veil(KNOWN, text)
        for report in in_text("a.csv", text, KNOWN):
            veil.over(report)

    few, many = (min(cpu_seconds(partial(look, times)) for _ in range(2)) for times in (300, 1200))
    assert many < 8 * few + 0.2


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from([MAIL, "Xenia", "Quist", "\n", " ", "secret:", "+49 151 23456789", "x", "é", "\r\n"]),
        max_size=12,
    )
)
def test_no_line_of_any_text_shows_more_than_the_mask(parts):
    text = " ".join(parts)
    veil = Veil(KNOWN, text)
    for report in in_text("a.md", text, KNOWN):
        seen = veil.over(report)
        assert MAIL not in seen.source
        assert "23456789" not in seen.source
        assert seen.caret <= len(seen.source) + 1
