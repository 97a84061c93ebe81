"""The counting rule, clause by clause: what counts, for whom, in which week, and why another note does not."""

import itertools
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import config, cpu_seconds, interview, introduced, judge, people, problem
from interviewlog.insights.counting import (
    OWN_KINDS,
    REASONS,
    RULE,
    Introduction,
    Verdict,
    is_own_company,
)
from interviewlog.insights.people import NOBODY, People, Person, first_name
from interviewlog.interview import Interview
from interviewlog.likeness import is_same_conversation
from interviewlog.problem import Problem
from interviewlog.weeks import parse_week

CAROLINE = Person("caroline", "Caroline Ruiz", "caroline@example.com", on_roster=True)
DEV = Person("dev", "Dev Patel", "dev@example.com", on_roster=True)


def verdict(note: Interview | Problem, known: People | None = None, **changes: object) -> Verdict:
    (found,) = judge([note], [], introduced([note], **changes), known or people())
    return found


def reason(**fields: object) -> str:
    return verdict(interview(**fields)).reason


# Counted, or the one reason why not.


@pytest.mark.parametrize("kind", ["learning", "win-loss", "site-visit"])
@pytest.mark.parametrize("source", ["direct", None])
def test_learning_win_loss_and_site_visits_at_first_hand_count(kind: str, source: str | None):
    found = verdict(interview(type=kind, source=source))

    assert found.is_counted
    assert (found.reason, found.mend, found.week) == ("", "", parse_week("2026-W47"))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"type": "sales"}, "sales"),
        ({"type": "support-listen"}, "support-listen"),
        ({"source": "second-hand"}, "second-hand"),
        ({"customer": "Example Inc"}, "own-company"),
        ({"body": "# Acme\n"}, "empty"),
        ({"relationship": "non-customer"}, ""),
        ({"relationship": "partner"}, ""),
        ({"consent": "declined", "body": ""}, ""),
        ({"consent": "withdrawn", "body": ""}, ""),
        ({"consent": "pending", "body": ""}, "empty"),
    ],
)
def test_a_note_has_the_reason_that_applies(fields: dict[str, object], expected: str):
    assert reason(**fields) == expected


def test_of_several_reasons_the_first_of_the_list_is_given():
    every = {"type": "sales", "source": "second-hand", "customer": "Example Inc", "body": ""}
    first = interview(customer="Example Inc")

    assert REASONS == (
        "uncommitted",
        "invalid",
        "sales",
        "support-listen",
        "second-hand",
        "own-company",
        "empty",
        "duplicate",
    )
    assert reason(**every) == "sales"
    assert reason(**every | {"type": "support-listen"}) == "support-listen"
    assert reason(**every | {"type": "learning"}) == "second-hand"
    assert reason(**every | {"type": "learning", "source": "direct"}) == "own-company"
    assert reason(type="learning", source="direct", body="") == "empty"
    assert [each.reason for each in judge([], [first], {}, people())] == ["uncommitted"]


def test_an_empty_twin_is_empty_and_not_a_duplicate():
    notes = [interview(participants=["P1"]), interview("p/reseller-portal/b.md", participants=["P1"], body="")]

    assert [each.reason for each in judge(notes, [], introduced(notes), people())] == ["empty", ""]


def test_what_can_be_mended_says_how_and_work_of_its_own_kind_does_not():
    assert "one observation" in verdict(interview(body="")).mend
    assert "own:" in verdict(interview(customer="Example")).mend
    assert [verdict(interview(type=kind)).mend for kind in ("sales", "support-listen")] == ["", ""]
    assert {"sales", "support-listen", "second-hand"} == OWN_KINDS


def test_a_note_that_cannot_be_read_is_invalid_in_its_week_if_there_is_one():
    found = verdict(problem())

    assert (found.reason, found.week, found.person) == ("invalid", parse_week("2026-W47"), CAROLINE)
    assert found.mend == "line 1: type is missing; add a line such as type: learning"
    assert verdict(problem(date="soon")).week is None


def test_a_draft_is_uncommitted_even_where_it_cannot_be_read():
    found = judge([], [interview(), problem()], {}, people())

    assert [each.reason for each in found] == ["uncommitted", "uncommitted"]
    assert found[0].mend == f"ilog save {found[0].path}"
    assert found[0].lag is None


def test_the_rule_in_words_names_every_reason():
    assert all(f"\n  {each} " in RULE for each in REASONS)


# Our own company.


@pytest.mark.parametrize(
    "customer",
    [
        "Example Inc",
        "example",
        "EXAMPLE, Inc.",
        "Example GmbH",
        "example.com",
        "Example.COM",
        "jo@example.com",
        "it.example.com",
    ],
)
def test_colleagues_are_not_customers(customer: str):
    assert is_own_company(customer, config())


@pytest.mark.parametrize("customer", ["Acme", "Example Freight", "myexample.com", "example.com.au", "Inc"])
def test_a_name_that_only_looks_alike_is_a_customer(customer: str):
    assert not is_own_company(customer, config())


def test_without_own_companies_everybody_is_a_customer():
    assert not is_own_company("Example Inc", config(""))


# The same conversation twice.

STORY = "- pain: SSO setup took three days and two calls to support before anybody could log in at all\n"
LONG = " ".join(f"word{n}" for n in range(60))
OTHER = "- delight: the new navigation flow was found by all of them without asking anyone in the office\n"


def pair(one: dict[str, object], two: dict[str, object]) -> tuple[str, str]:
    notes = [interview("p/reseller-portal/a-2.md", **one), interview("p/reseller-portal/a-1.md", **two)]
    verdicts = {each.path: each.reason for each in judge(notes, [], introduced(notes), people())}
    return verdicts["p/reseller-portal/a-2.md"], verdicts["p/reseller-portal/a-1.md"]


@pytest.mark.parametrize(
    ("one", "two", "second"),
    [
        ({"participants": ["P1", "P2"], "body": STORY}, {"participants": ["P2", "P1"], "body": OTHER}, "duplicate"),
        ({"participants": ["P1"], "body": STORY}, {"participants": ["P2"], "body": OTHER}, ""),
        ({"participants": ["P1"], "body": STORY}, {"participants": ["P2"], "body": STORY}, "duplicate"),
        ({"body": STORY}, {"body": STORY}, "duplicate"),
        ({"body": STORY}, {"body": f"# Acme\n<!-- c -->\n{STORY.upper()}"}, "duplicate"),
        ({"body": STORY}, {"body": STORY.replace("at all", "at last")}, "duplicate"),
        ({"body": STORY}, {"body": OTHER}, ""),
        ({"body": LONG}, {"body": LONG.replace("word30", "another")}, "duplicate"),
        ({"body": LONG}, {"body": " ".join(LONG.split()[::-1])}, ""),
        ({"body": LONG}, {"body": LONG.replace("word1", "other")}, ""),  # eleven words of sixty
        ({"body": STORY}, {"body": STORY + OTHER}, ""),
        ({"body": STORY}, {"body": STORY, "customer": "ACME freight"}, "duplicate"),
        ({"body": STORY}, {"body": STORY, "customer": "Globex"}, ""),
        ({"body": STORY}, {"body": STORY, "date": "2026-11-19"}, ""),
        ({"body": "", "consent": "declined"}, {"body": "", "consent": "declined"}, ""),
        (
            {"body": "", "consent": "declined", "participants": ["P1"]},
            {"body": STORY, "participants": ["P1"]},
            "duplicate",
        ),
        ({"body": "", "type": "sales", "participants": ["P1"]}, {"body": STORY, "participants": ["P1"]}, ""),
    ],
)
def test_a_second_note_is_a_duplicate_by_participants_or_nearly_the_same_text(
    one: dict[str, object], two: dict[str, object], second: str
):
    assert pair(one, two)[1] == second


def test_the_first_introduced_counts_and_ties_go_by_path():
    notes = [interview(f"p/reseller-portal/{name}.md", body=STORY) for name in "ab"]
    later_first = introduced(notes[::-1])
    tied = introduced(notes, order=7)

    assert [each.reason for each in judge(notes, [], later_first, people())] == ["duplicate", ""]
    assert [each.reason for each in judge(notes[::-1], [], tied, people())] == ["", "duplicate"]


def test_a_note_whose_introduction_is_not_known_came_last():
    notes = [interview(f"p/reseller-portal/{name}.md", body=STORY) for name in "ab"]

    assert [each.reason for each in judge(notes, [], introduced(notes[1:]), people())] == ["duplicate", ""]


def test_notes_under_two_products_are_two_conversations():
    notes = [interview(product=product, body=STORY) for product in ("checkout", "insights")]

    assert [each.reason for each in judge(notes, [], introduced(notes), people())] == ["", ""]


def test_a_third_note_is_compared_with_every_counted_one():
    bodies = (STORY, OTHER, OTHER.upper())
    notes = [interview(f"p/reseller-portal/{n}.md", body=body) for n, body in enumerate(bodies)]
    found = judge(notes, [], introduced(notes), people())

    assert [each.reason for each in found] == ["", "", "duplicate"]
    assert found[2].mend == "same as p/reseller-portal/1.md: keep one, or name different participants"


def test_comparing_texts_full_of_comment_marks_takes_no_time():
    one = interview(body="- pain: x\n" + "<!--" * 15_000)

    assert is_same_conversation(one, one)
    assert cpu_seconds(lambda: is_same_conversation(one, one)) < 0.5


# For whom.


@pytest.mark.parametrize(
    ("pm", "person"),
    [
        ("caroline", CAROLINE),
        ("Caroline", CAROLINE),
        ("caro@example.com", CAROLINE),
        (["dev", "caroline"], DEV),
        ("zoe@example.com", Person("zoe@example.com", "zoe@example.com", "zoe@example.com")),
        ("zoe", Person("zoe", "zoe", None)),
    ],
)
def test_the_pm_is_found_by_the_roster(pm: object, person: Person):
    assert verdict(interview(pm=pm)).person == person


def test_an_e_mail_is_found_through_the_mailmap():
    known = People(config(), {"old@example.com": ("Dev Patel", "dev@example.com"), "zoe@x.org": ("Zoe Z", "zoe@x.org")})

    assert verdict(interview(pm="Old@example.com"), known).person == DEV
    assert verdict(interview(pm="zoe@x.org"), known).person == Person("zoe@x.org", "Zoe Z", "zoe@x.org")


def test_spellings_of_one_e_mail_are_one_person():
    known = People(config(), spellings={"zoe@x.org": "Zoe@X.org"})
    zoe = Person("Zoe@X.org", "Zoe@X.org", "Zoe@X.org")

    assert verdict(interview(pm="ZOE@x.org"), known).person == zoe
    assert verdict(interview(pm=None), known, email="zoe@X.ORG", name="").person == zoe


def test_without_a_pm_the_author_of_the_introducing_commit_is_credited():
    note = interview(pm=None)

    assert verdict(note, email="DEV@example.com").person == DEV
    assert verdict(note, email="zoe@x.org", name="Zoe").person == Person("zoe@x.org", "Zoe", "zoe@x.org")
    assert verdict(note, email="", name="Zoe").person == Person("Zoe <>", "Zoe", None)
    assert verdict(note, email="", name="").person == NOBODY
    assert judge([note], [], {}, people())[0].person == NOBODY


def test_an_import_credits_nobody_who_only_imported_and_has_no_lag():
    known = people("imports: [abc1234]")
    note = interview(pm=None, date="2026-11-02")

    assert verdict(note, known, commit="abc1234" + "0" * 33).person == NOBODY
    assert verdict(note, known, commit="abc1234" + "0" * 33, day=date(2026, 11, 18)).lag is None
    assert verdict(note, known, commit="f" * 40, email="dev@example.com").person.pm == "dev@example.com"
    assert verdict(interview(pm="dev"), known, commit="abc1234" + "0" * 33).person.pm == "dev"


def test_a_second_pm_is_paired_and_nobody_pairs_with_themselves():
    assert verdict(interview(pm=["caroline", "dev"])).second == DEV
    assert verdict(interview(pm=["caroline", "caro@example.com", "dev"])).second == DEV
    assert verdict(interview(pm=["caroline", "caro@example.com"])).second is None


def test_only_observers_of_the_roster_are_shown():
    assert verdict(interview(observers=["dev", "a designer"])).observers == (DEV,)


# In which week, and how late.


@pytest.mark.parametrize(
    ("day", "week"), [("2027-01-03", "2026-W53"), ("2024-12-30", "2025-W01"), ("2026-11-16", "2026-W47")]
)
def test_the_week_is_the_iso_week_of_the_conversation(day: str, week: str):
    assert verdict(interview(date=day), day=date(2027, 6, 1)).week == parse_week(week)


def test_lag_runs_from_the_conversation_to_the_commit():
    assert verdict(interview(), day=date(2026, 11, 26)).lag == 8
    assert verdict(interview(), day=date(2026, 11, 18)).lag == 0
    assert verdict(interview(imported=True), day=date(2026, 11, 26)).lag is None
    assert judge([interview()], [], {}, people())[0].lag is None


kinds_of_note = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["learning", "sales", "support-listen", "win-loss"]),
        "source": st.sampled_from(["direct", "second-hand"]),
        "customer": st.sampled_from(["Acme", "Example Inc", "acme"]),
        "body": st.sampled_from(["", STORY, OTHER]),
        "participants": st.sampled_from([["P1"], ["P2"]]),
        "pm": st.sampled_from(["caroline", "dev", "zoe", ["dev", "caroline"]]),
    },
)


@given(st.lists(kinds_of_note, max_size=6), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_every_note_has_one_verdict_and_the_order_of_reading_makes_no_difference(fields: list[dict[str, object]], rng):
    notes = [interview(f"p/reseller-portal/{n}.md", **each) for n, each in enumerate(fields)]
    introductions = introduced(notes)
    found = judge(notes, [], introductions, people())
    shuffled = rng.sample(notes, len(notes))

    assert [each.path for each in found] == sorted(note.path for note in notes)
    assert all(each.reason in {"", *REASONS} for each in found)
    assert judge(shuffled, [], introductions, people()) == found


@given(st.lists(kinds_of_note, max_size=5))
@settings(max_examples=50, deadline=None)
def test_one_more_note_takes_no_credit_from_those_before_it(fields: list[dict[str, object]]):
    notes = [interview(f"p/reseller-portal/{n}.md", **each) for n, each in enumerate(fields)]
    introductions = introduced(notes)

    for before, after in itertools.pairwise(
        {each.path: each.reason for each in judge(notes[:n], [], introductions, people())}
        for n in range(len(notes) + 1)
    ):
        assert before.items() <= after.items()


@pytest.mark.parametrize(("name", "first"), [("Caroline Ruiz", "Caroline"), ("zoe", "zoe"), ("", ""), (" ", " ")])
def test_people_are_called_by_the_first_word_of_their_name(name: str, first: str):
    assert first_name(name) == first


def test_introductions_sort_by_order_and_not_by_day():
    notes = [interview(f"p/reseller-portal/{name}.md", body=STORY) for name in "ab"]
    days = {
        notes[0].path: Introduction("a" * 40, "n", "e", date(2026, 1, 1), order=2),
        notes[1].path: Introduction("b" * 40, "n", "e", date(2026, 12, 1), order=1),
    }

    assert [each.reason for each in judge(notes, [], days, people())] == ["duplicate", ""]
