"""Who was taken for whom, and who may be one person; every mend does what it says."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import config, people
from interviewlog.config import Config
from interviewlog.insights.identities import Identities, LookAlike, identities
from interviewlog.insights.people import People
from interviewlog.settings import parse_config

ROSTER = """\
pms:
  caroline: {name: Caroline Ruiz, emails: [caroline@example.com, caro@example.com]}
  dev: {name: Dev Patel, emails: [dev@example.com]}
  jose: {name: José Díaz}
"""


def found(*authors: Any, words: tuple[str, ...] = (), text: str = ROSTER) -> Identities:
    """Ask about authors, each a raw (name, e-mail) or a pair of a raw one and what the mailmap makes of it."""
    pairs = [(each, each) if isinstance(each[0], str) else each for each in authors]
    return identities(dict(pairs), words, people(text))


def traces(result: Identities, pm: str) -> list[tuple[str, str]]:
    (one,) = (each for each in result.people if each.person.pm == pm)
    return [(trace.text, trace.how) for trace in one.traces]


def alike(result: Identities) -> set[tuple[str, str, str]]:
    return {(each.one.pm, each.other.pm, each.why) for each in result.look_alikes}


def test_the_whole_roster_is_there_also_whom_nothing_names():
    assert [each.person.pm for each in found().people] == ["caroline", "dev", "jose"]
    assert traces(found(), "dev") == []


def test_each_name_stands_with_what_folded_it():
    result = found(
        ("Caroline Ruiz", "caroline@example.com"),
        ("Caro", "caro@example.com"),
        ("C", "Caroline@Example.com"),
        (("cr", "cr@laptop.local"), ("Caroline Ruiz", "caroline@example.com")),
        words=("caroline", "Caroline", "caro@example.com", "CAROLINE@example.com"),
    )

    assert traces(result, "caroline") == [
        ("C <Caroline@Example.com>", "case"),
        ("Caro <caro@example.com>", "roster"),
        ("Caroline Ruiz <caroline@example.com>", ""),
        ("cr <cr@laptop.local>", "mailmap"),
        ("CAROLINE@example.com", "case"),
        ("Caroline", "case"),
        ("caro@example.com", "roster"),
        ("caroline", ""),
    ]
    assert result.look_alikes == ()


def test_an_address_in_a_note_can_be_folded_by_the_mailmap():
    known = people(ROSTER, **{"dp@laptop.local": ("Dev Patel", "dev@example.com")})

    assert traces(identities({}, ["dp@laptop.local"], known), "dev") == [("dp@laptop.local", "mailmap")]


def test_somebody_off_the_roster_has_the_name_that_git_knows():
    result = found(("Zoe Ray", "zoe@x.org"), words=("zoe@x.org", "max"))

    assert [(each.person.pm, each.person.name) for each in result.people][-2:] == [
        ("max", "max"),
        ("zoe@x.org", "Zoe Ray"),
    ]


def test_nobody_is_no_identity():
    assert len(found(("", ""), words=("unknown",)).people) == 3


@pytest.mark.parametrize(
    ("author", "pm", "why"),
    [
        (("Dev Patel", "dp@laptop.local"), "dev", "the same name"),
        (("dev  PATEL", "dp@laptop.local"), "dev", "the same name"),
        (("Jose Diaz", "jd@x.org"), "jose", "the same name"),
        (("x", "dev.patel@x.org"), "dev", "the name of one is the name before the @ of the other"),
        (("x", "caro@gmail.example"), "caroline", "the same name before the @"),
        (("x", "49+caro@users.noreply.github.com"), "caroline", "the same name before the @"),
        (("x", "caro+notes@gmail.example"), "caroline", "the same name before the @"),
        (("x", "Jose@gmail.example"), "jose", "the handle of one is the name before the @ of the other"),
        (("Caroline", "x@y.org"), "caroline", "the handle of one is the name of the other"),
    ],
)
def test_authors_who_look_like_one_of_the_roster_are_told(author: tuple[str, str], pm: str, why: str):
    assert alike(found(author)) == {(pm, author[1], why)}


@pytest.mark.parametrize(
    ("word", "pm", "why"),
    [
        ("carolin", "caroline", "nearly the same handle"),
        ("josé", "jose", "the same handle"),
        ("Caro", "caroline", "nearly the same handle"),
        ("Dev Patel", "dev", "the same name"),
        ("dev@gmail.example", "dev", "the same name before the @"),
    ],
)
def test_words_of_notes_that_look_like_one_of_the_roster_are_told(word: str, pm: str, why: str):
    assert (pm, word) in {pair[:2] for pair in alike(found(words=(word,)))}
    assert any(each[2] == why for each in alike(found(words=(word,)))), alike(found(words=(word,)))


@pytest.mark.parametrize(
    "authors",
    [
        [("A", "info@x.org"), ("B", "info@y.org")],
        [("A", "a@x.org"), ("B", "a@y.org")],
        [("Ann Lee", "al@x.org"), ("Ann Moe", "am@x.org")],
        [("Zoe", "zoe@x.org"), ("Zoe", "zoe@x.org")],
    ],
)
def test_what_says_nothing_makes_nobody_alike(authors: list[tuple[str, str]]):
    assert found(*authors).look_alikes == ()


def test_two_of_the_roster_were_told_apart_by_whoever_wrote_it():
    text = "pms: {ann: {name: Ann Lee, emails: [ann@x.org]}, lee: {name: Ann Lee, emails: [ann@y.org]}}"

    assert found(text=text).look_alikes == ()


def test_a_pair_is_told_once_and_every_address_has_its_line_since_the_mailmap_follows_no_chain():
    result = found(
        (("D", "old@x.org"), ("Dev Patel", "dp@x.org")), ("Dev Patel", "dp@x.org"), ("Dev Patel", "dev@x.org")
    )
    by_address = {each.other.pm: each for each in result.look_alikes}

    assert len(result.look_alikes) == 2
    assert set(by_address["dp@x.org"].mailmap) == {
        "Dev Patel <dev@example.com> <dp@x.org>",
        "Dev Patel <dev@example.com> <old@x.org>",
    }
    assert by_address["dev@x.org"].roster == "emails: [dev@example.com, dev@x.org]"


def test_a_handle_is_mended_in_the_notes_and_two_strangers_by_a_line_of_their_own():
    assert [each.notes for each in found(words=("carolin",)).look_alikes] == ["pm: caroline"]
    (pair,) = found(("Zoe Ray", "zoe@x.org"), ("Zoe Ray", "zr@y.org")).look_alikes
    assert pair.mailmap == ("Zoe Ray <zoe@x.org> <zr@y.org>",)
    assert pair.roster == 'zoe: {name: "Zoe Ray", emails: [zoe@x.org, zr@y.org]}'
    (named,) = found(("Zoe Ray", "zoe@x.org"), words=("Zoe Ray",)).look_alikes
    assert named.roster == 'Zoe Ray: {name: "Zoe Ray", emails: [zoe@x.org]}'


def test_without_an_address_the_mailmap_can_do_nothing():
    (pair,) = found(("Jose Diaz", "jd@x.org")).look_alikes

    assert (pair.mailmap, pair.roster) == ((), "emails: [jd@x.org]")


def test_an_odd_address_is_quoted_in_the_roster_line():
    (pair,) = found(("Dev Patel", "a,b: {x}@y.org")).look_alikes

    assert parse_config(f"pms: {{dev: {{{pair.roster}}}}}").pms["dev"].emails == ("dev@example.com", "a,b: {x}@y.org")


def with_mended_roster(rules: Config, mend: LookAlike) -> Config:
    if mend.one.on_roster:
        emails = parse_config(f"pms: {{x: {{{mend.roster}}}}}").pms["x"].emails
        return replace(rules, pms={**rules.pms, mend.one.pm: rules.pms[mend.one.pm]._replace(emails=emails)})
    return replace(rules, pms={**rules.pms, **parse_config(f"pms:\n  {mend.roster}\n").pms})


names = st.sampled_from(["Dev Patel", "dev", "Zoe Ray", "zoe", "José Díaz", 'Q"uote\\', ""])
emails = st.sampled_from(
    ["dev@example.com", "dev@x.org", "Dev@X.org", "zoe@x.org", "zoe@y.org", "zr@y.org", "a b@c, d"]
)
authors = st.lists(st.tuples(names, emails), max_size=5)
words = st.lists(st.sampled_from(["dev", "zoe", "Zoe@x.org", "zoe@y.org", "zoe ray", "deev"]), max_size=4)


@given(authors, words, st.sampled_from(["", ROSTER]))
@settings(max_examples=200, deadline=None)
def test_every_line_makes_one_person_of_two(authors: list[tuple[str, str]], words: list[str], text: str):
    raw = dict.fromkeys(authors)
    before = identities({each: each for each in raw}, words, people(text))
    assert sum(len(each.traces) for each in before.people) == len(raw) + len(set(words))
    for pair in before.look_alikes:
        gone = pair.other.pm.casefold()
        if pair.roster:
            rules = with_mended_roster(config(text), pair)
            after = identities({each: each for each in raw}, words, People(rules))
            addressed = [each for each in after.people if each.person.pm.casefold() == gone and "@" in gone]
            assert not addressed
        if pair.mailmap:
            mapped = {line.rpartition("<")[2].rstrip(">").casefold() for line in pair.mailmap}
            meant = {each: (pair.one.name, pair.one.email) if each[1].casefold() in mapped else each for each in raw}
            aliases = dict.fromkeys(mapped, (pair.one.name, pair.one.email))
            after = identities(meant, words, People(config(text), aliases))
            assert gone not in {each.person.pm.casefold() for each in after.people}
