"""What a new note starts with."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import config, interview
from interviewlog.insights.opening import Asked, fields, look_alikes, over_cap, spelling, with_observations
from interviewlog.notepath import FileName
from interviewlog.observations import read_body
from interviewlog.settings import parse_config
from interviewlog.store import templates

DAY = date(2026, 11, 18)
KINDS = ("learning", "win-loss", "site-visit", "support-listen", "sales")


def named(*slugs: str, day: date = DAY) -> list[FileName]:
    return [FileName(each, day) for each in slugs]


def opened(asked: Asked = Asked(), last=None, pms=("caroline",)):  # noqa: B008 - frozen
    return fields(asked, product="checkout", customer="Acme", day=DAY, pms=pms, last=last)


def test_without_a_last_note_nothing_is_guessed():
    found = opened()
    assert (found["source"], found["consent"]) == ("direct", "pending")
    assert not any(found[key] for key in ("relationship", "roles", "segments", "via", "outcome", "minutes", "tldr"))


def test_one_pm_is_a_word_two_are_a_list_with_the_lead_first():
    assert opened()["pm"] == "caroline"
    assert opened(pms=["dev", "caroline"])["pm"] == ["dev", "caroline"]


def test_who_the_customer_is_is_taken_over_but_not_what_was_agreed_or_said():
    last = interview(
        relationship="customer", roles=["user"], segments=["smb"], consent="recording", via="sales", tldr="x"
    )
    found = opened(last=last)
    assert (found["relationship"], found["roles"], found["segments"]) == ("customer", ("user",), ("smb",))
    assert (found["consent"], found["via"], found["tldr"]) == ("pending", None, None)


def test_somebody_to_hear_it_from_makes_it_second_hand():
    assert opened(Asked(via="sales"))["source"] == "second-hand"
    assert opened(Asked(via="sales", source="direct"))["source"] == "direct"


def test_a_slug_is_spelt_like_the_last_note_and_anything_else_as_typed():
    last = interview(customer="Bärenstark & Söhne")
    assert spelling("barenstark-sohne", last) == "Bärenstark & Söhne"
    assert spelling("BÄRENSTARK & Söhne", last) == "BÄRENSTARK & Söhne"
    assert spelling("barenstark-sohne", None) == "barenstark-sohne"


@pytest.mark.parametrize("other", ["acme-inc", "acme-gmbh", "acme-freight", "ac-me"])
def test_names_that_are_probably_the_same_customer(other):
    assert look_alikes("Acme", map(str, named(other))) == [other]
    assert look_alikes(other, map(str, named("acme"))) == ["acme"]


@pytest.mark.parametrize("other", ["acme", "acmes", "globex", "freight-acme", "ac"])
def test_names_that_are_not(other):
    assert look_alikes("Acme", map(str, named(other))) == []


def test_the_one_heard_last_comes_first():
    names = [*named("acme-inc", day=date(2026, 1, 1)), *named("acme-freight", day=date(2026, 5, 1)),
             *named("acme-inc", day=date(2026, 3, 1))]  # fmt: skip
    assert look_alikes("acme", map(str, names)) == ["acme-freight", "acme-inc"]


@pytest.mark.parametrize(
    ("days", "counted"),
    [
        (["2026-11-18"], 0),
        (["2026-11-18"] * 3, 3),
        (["2026-08-21"] * 3, 3),
        (["2026-08-20"] * 3, 0),
        (["2026-11-19"] * 3, 0),
    ],
)
def test_the_contact_cap_counts_the_days_before(days, counted):
    talks = [FileName("acme", date.fromisoformat(day)) for day in days]
    assert over_cap(talks, DAY, config()) == counted


def test_without_a_cap_nobody_is_over_it():
    assert over_cap(named(*["acme"] * 9), DAY, parse_config("contact_cap: {notes: 0}")) == 0


@pytest.mark.parametrize("kind", KINDS)
def test_observations_are_read_from_every_shipped_template(kind):
    body = with_observations(templates.load(kind, None).text, ["pain: x #y !2", "need:  z "])
    read = read_body(body)
    assert [(each.kind, each.text) for each in read.observations] == [("pain", "x"), ("need", "z")]
    assert not read.near_misses
    assert "\n\n\n" not in body.split("## Observations")[1].split("##")[0]


def test_without_the_heading_they_come_at_the_end_and_without_observations_nothing_changes():
    assert with_observations("# Acme\n\ntext\n", ["pain: x"]) == "# Acme\n\ntext\n\n## Observations\n\n- pain: x\n"
    assert with_observations("# Acme\n\n\n", []) == "# Acme\n\n\n"


def test_what_stands_under_the_heading_stays_before_them():
    body = "# A\n\n## observations\n- need: old\n<!-- # not a heading\n-->\n\n## Next\nx\n"
    assert with_observations(body, ["pain: x"]) == (
        "# A\n\n## observations\n- need: old\n<!-- # not a heading\n-->\n\n- pain: x\n\n## Next\nx\n"
    )


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), max_size=60))
def test_every_line_of_a_template_is_kept(body):
    kept = [line for line in body.split("\n") if line.strip()]
    lines = with_observations(body, ["pain: x"]).split("\n")
    assert [line for line in lines if line.strip() and line not in ("- pain: x", "## Observations")] == [
        line for line in kept if line not in ("- pain: x", "## Observations")
    ]  # fmt: skip
    assert lines.count("- pain: x") == body.split("\n").count("- pain: x") + 1
