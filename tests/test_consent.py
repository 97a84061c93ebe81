"""What may leave a note: the consent ladder, the five words in a row, and the name of a restricted customer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewlog.errors import Code, IlogError
from interviewlog.insights.consent import Audience, may_quote, refuse, withheld, without_customer
from interviewlog.interview import Interview
from interviewlog.note import parse

SAID = "I gave up and shared one login"


def note(body: str = "", front: str = "", customer: str = "Acme Freight") -> Interview:
    text = f'---\ndate: 2026-11-18\ncustomer: "{customer}"\ntype: learning\n{front}\n---\n{body}'
    interview = parse("prod/interviews/reseller-portal/acme-freight-2026-11-18.md", text.encode())
    assert isinstance(interview, Interview)
    return interview


@pytest.mark.parametrize("consent", ["pending", "notes", "declined", "withdrawn", ""])
def test_below_quotes_nothing_said_may_leave(consent):
    interview = note(f"- quote: {SAID}", f"consent: {consent}")
    assert not may_quote(interview)
    assert withheld(interview).holds(SAID)


@pytest.mark.parametrize("consent", ["quotes", "recording"])
def test_from_quotes_up_everything_may_leave(consent):
    assert not withheld(note(f"- quote: {SAID}", f"consent: {consent}")).holds(SAID)


@pytest.mark.parametrize(
    "body",
    [
        f"- quote: {SAID}",
        f"- q: {SAID} #sso !3 (P1)",
        f"- pain: SSO\n  - quote: {SAID}",
        f"- pain: SSO\n  - context: on the phone\n    - quote: {SAID}",
        f"- they were tired\n  - quote: {SAID}",
        f"- quote:{SAID}",
        f"- **quote**: {SAID}",
        f"1. quote: {SAID}",
        f"> {SAID}",
        "> I gave up\n> and shared one login",
        "> I gave up\nand shared one login",
        f"- > {SAID}",
        f">> {SAID}",
        f"## Quotes\n\n{SAID}",
        f"## Quotes\n### About SSO\n- pain: {SAID}",
        f"### Key quotes ###\r\n- {SAID}\r\n",
        f"Quotes\n------\n{SAID}",
        "# Quotes\n- I gave up\n  and shared one login",
        f'- pain: "{SAID}"',
        f"- pain: he sighed: “{SAID}”, then hung up",
        f"Prose with «{SAID}» in it.",
        f"Prose with „{SAID}“ in it.",
    ],
)
def test_what_counts_as_said(body):
    assert withheld(note(body)).holds(SAID)


@pytest.mark.parametrize(
    "text",
    [
        "i GAVE up, and shared one login!",
        "They said they gave up and shared one account",
        "“I gave up—and—shared”",
        "I ga\u200bve up and sha\u00adred",
        "**I gave** up _and_ shared",
    ],
)
def test_five_words_in_a_row_are_found_in_any_dress(text):
    assert withheld(note(f"- quote: {SAID}")).holds(text)


@pytest.mark.parametrize("text", ["I gave up and", "gave up one shared login", "they share one login", ""])
def test_fewer_words_or_another_order_may_leave(text):
    assert not withheld(note(f"- quote: {SAID}")).holds(text)


def test_apostrophes_of_either_kind_are_the_same_word():
    assert withheld(note("- quote: we don’t know who is an admin")).holds("we don't know who is in")


def test_a_short_quote_is_withheld_only_word_for_word():
    kept = withheld(note("- quote: Too slow!"))
    assert kept.holds("too slow")
    assert not kept.holds("finds the portal too slow")


def test_signs_count_as_words_where_words_have_no_spaces():
    kept = withheld(note("- quote: 設定に三日もかかりました"))
    assert kept.holds("管理者は三日もかかりましたと話す")
    assert not kept.holds("設定が難しい")


def test_a_text_that_is_itself_a_quotation_is_withheld():
    kept = withheld(note())
    assert kept.holds('The admin: "nobody here knows the password"')
    assert not kept.holds('They call it "the wall of shame"')


@pytest.mark.parametrize(
    "body",
    [
        f"{SAID}",
        f"- pain: {SAID}",
        f"## Quotes\n\n## Observations\n- pain: {SAID}",
        f"# Quotes\n- nothing\n# Pains\n{SAID}",
        f"## Quotation tool\n{SAID}",
        f"He said 'hello'. {SAID}",
    ],
)
def test_what_was_only_written_down_may_leave(body):
    assert not withheld(note(body)).holds(SAID)


@pytest.mark.parametrize("audience", [Audience.EXECS, Audience.SALES])
def test_a_team_note_is_refused_with_its_field_and_the_way_to_change_it(audience):
    with pytest.raises(IlogError) as caught:
        refuse(note(front="visibility: team"), audience)
    assert caught.value.code is Code.REFUSED
    assert "visibility: team" in caught.value.message
    assert "acme-freight-2026-11-18.md" in caught.value.message
    assert caught.value.hint.startswith("ilog edit prod/interviews/reseller-portal/acme-freight-2026-11-18.md,")
    assert "visibility: company" in caught.value.hint


@pytest.mark.parametrize("visibility", ["", "company", "restricted"])
@pytest.mark.parametrize("audience", list(Audience))
def test_other_notes_are_not_refused(visibility, audience):
    refuse(note(front=f"visibility: {visibility}"), audience)


def test_a_team_note_is_the_teams():
    refuse(note(front="visibility: team"), Audience.TEAM)


@pytest.mark.parametrize(
    ("customer", "text", "masked"),
    [
        ("Acme Freight", "Acme Freight's admin left", "the customer's admin left"),
        (
            "Acme Freight",
            "ACME likes acme-freight and acmefreight.com",
            "the customer likes the customer and the customer.com",
        ),
        ("Acme Freight", "Freight gave up on freight rates", "the customer gave up on freight rates"),
        ("IBM Germany", "IBM will move", "the customer will move"),
        ("Müller & Söhne", "Muller Sohne, or Müller", "the customer, or the customer"),
        ("The Home Depot", "The admin loves it", "The admin loves it"),
        ("東芝", "東芝の管理者", "the customerの管理者"),
        ("🎉", "🎉 is a company", "the customer is a company"),
        ("C++ (Berlin)", "nothing to see", "nothing to see"),
    ],
)
def test_a_restricted_customer_is_not_named(customer, text, masked):
    assert without_customer(text, note(customer=customer)) == masked


@given(st.text(), st.text())
def test_reading_what_was_said_never_fails(body, text):
    withheld(note(body)).holds(text)


@given(st.lists(st.sampled_from(["aa", "bb", "cc", "dd", "ee", "ff"]), min_size=5, max_size=9))
def test_any_five_words_of_a_quote_are_withheld(words):
    assert withheld(note("- quote: " + " ".join(words))).holds("they said " + " ".join(words[-5:]) + " too")
