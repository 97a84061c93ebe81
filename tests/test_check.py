"""What `check` says of notes: codes, lines and mends."""

from datetime import date

import pytest

from builders import ROSTER, config, interview, problem
from interviewlog.insights.check import Report, check

TODAY = date(2026, 11, 20)
RULES = ROSTER + "products: [checkout, reseller-portal]\nsegments: [smb]\nhypotheses: {h1: x}\n"


def reports(*notes, rules: str = RULES, strays=()) -> list[Report]:
    return check(notes, config(rules), TODAY, strays)


def test_a_good_note_has_nothing_to_mend():
    assert reports(interview(pm="caroline", consent="notes")) == []


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("near-miss", {"body": "# x\n\n- **pain**: x\n- pain: y\n"}),
        ("unclosed-comment", {"body": "# x\n\n- pain: y\n<!-- never closed\n"}),
        ("file-name", {"path": "prod/interviews/reseller-portal/acme.md"}),
        ("date-differs", {"path": "prod/interviews/reseller-portal/acme-freight-2026-11-17.md"}),
        ("customer-differs", {"path": "prod/interviews/reseller-portal/acme-2026-11-18.md"}),
        ("unknown-segment", {"segments": ["smbs"]}),
        ("unknown-hypothesis", {"hypotheses": ["h2"]}),
        ("unknown-product", {"also_products": ["chekout"]}),
        ("unknown-product", {"product": "nosuch"}),
        ("pm-missing", {"pm": None}),
        ("unknown-pm", {"pm": "carolin"}),
        ("future", {"date": "2026-11-21"}),
        ("via-missing", {"source": "second-hand"}),
        ("outcome-missing", {"type": "win-loss"}),
        ("empty", {"body": "# x\n"}),
        ("own-company", {"customer": "Example, Inc."}),
        ("own-company", {"customer": "mail.example.com"}),
        ("consent-open", {"consent": "pending"}),
        ("consent-open", {"consent": None}),
        ("consent-refused", {"consent": "declined"}),
        ("quote-without-consent", {"body": '# x\n\n- quote: "y"\n'}),
        ("quote-without-consent", {"body": '# x\n\n- pain: x\n  - quote: "y"\n'}),
        ("field-relationship", {"relationship": "freind"}),
        ("field-tldr", {"tldr": "x" * 201}),
    ],
)
def test_what_is_amiss_is_one_warning_with_a_mend(code, fields):
    (found,) = reports(interview(**{"pm": "caroline", "consent": "notes", **fields}))
    assert (found.code, found.is_error) == (code, False)
    assert found.what
    assert found.mend
    assert "\n" not in found.what + found.mend


@pytest.mark.parametrize("consent", ["quotes", "recording"])
def test_with_consent_quotes_are_fine(consent):
    assert reports(interview(pm="caroline", consent=consent, body='# x\n\n- quote: "y"\n')) == []


def test_a_declined_call_without_words_and_hearsay_without_a_pm_are_fine():
    assert reports(interview(pm="caroline", consent="declined", body="# x\n")) == []
    assert reports(interview(pm=None, consent="notes", source="second-hand", via="sales")) == []


def test_where_nothing_is_configured_every_word_is_known():
    assert reports(interview(pm="anybody", consent="notes", segments=["x"], hypotheses=["y"]), rules="") == []


def test_lines_are_those_of_the_file():
    (found,) = reports(interview(pm="caroline", consent="notes", body="# x\n\n- pain: y\n- pian: x\n"))
    assert (found.line, found.mend) == (12, "did you mean - pain: x")


def test_a_note_that_cannot_be_read_is_an_error():
    (found,) = reports(problem())
    assert (found.code, found.is_error, found.what) == ("invalid", True, "type is missing")


def test_twice_told_is_a_duplicate_and_only_alike_may_be_one():
    def note(number: int, **fields):
        path = f"prod/interviews/reseller-portal/acme-freight-2026-11-18{'' if number == 1 else f'-{number}'}.md"
        return interview(path, pm="caroline", consent="notes", **fields)

    first = note(1)
    (found,) = reports(first, note(2))
    assert (found.code, {found.path, found.what.split(" as ")[1]}) == ("duplicate", {first.path, note(2).path})
    other = "# x\n\n- need: something else entirely\n"
    assert [each.code for each in reports(first, note(2, body=other))] == ["maybe-duplicate"]
    assert reports(note(1, participants=["P1"]), note(2, body=other, participants=["P2"])) == []
    assert [each.code for each in reports(note(1, participants=["P1"]), note(2, body=other, participants=["P1"]))] == [
        "duplicate"
    ]


def test_reports_are_in_order_and_strays_are_among_them():
    found = reports(problem("z/z/z.md"), problem("a/a/a.md"), strays=["m.md"])
    assert [each.path for each in found] == ["a/a/a.md", "m.md", "z/z/z.md"]
