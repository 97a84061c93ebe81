"""What is left of a redacted note: it counts as before, and says nothing of what was said."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import config, introduced, judge, note_text, people
from interviewlog.fields import CONSENTS, FIELDS, SOURCES, TYPES
from interviewlog.insights.redaction import stubs
from interviewlog.interview import REDACTED, TOLD, Interview
from interviewlog.note import parse
from interviewlog.problem import Problem
from interviewlog.stub import KEPT, stub

PATH = "prod/interviews/reseller-portal/acme-freight-2026-11-18.md"
NOBODY = frozenset[str]()


def is_colleague(word: str) -> bool:
    return word in {"caroline", "dev"}


def stub_of(text: str, path: str = PATH) -> str:
    return stub(path, text.encode(), is_colleague).decode()


FULL = """\
---
# Anna told us about her boss
date: 2026-11-18
product: reseller-portal  # where Anna works
customer: 'Acme Freight'
pm: [caroline,
     dev]
type: learning
relationship: customer
roles:
  - user   # Anna
  - buyer
source: direct
consent: quotes # by Anna
segments: [enterprise]
minutes: 35
imported: true
visibility: restricted
observers: [dev, Anna Smith]
channel: Anna's phone
participants: ["P1 – ops lead"]
recording: https://example.com/anna.mp4
tldr: "heard raves"
retain_until: 2027-01-01
mood: angry
---
# Acme Freight

- pain: SSO took three days (P1)
"""


def test_lines_that_count_stay_as_they_were_typed_and_all_else_goes():
    assert (
        stub_of(FULL)
        == """\
---
date: 2026-11-18
product: reseller-portal
customer: 'Acme Freight'
pm: [caroline,
     dev]
type: learning
relationship: customer
roles: [user, buyer]
source: direct
consent: withdrawn
segments: [enterprise]
minutes: 35
imported: true
visibility: restricted
observers: [dev]
---
[redacted]
"""
    )


def test_the_stub_of_a_stub_is_that_stub():
    once = stub_of(FULL)
    assert stub_of(once) == once


def test_line_ends_and_the_mark_at_the_beginning_of_a_file_stay():
    raw = b"\xef\xbb\xbf" + FULL.replace("\n", "\r\n").encode()

    left = stub(PATH, raw, is_colleague)

    assert left.startswith(b"\xef\xbb\xbf---\r\ndate: 2026-11-18\r\n")
    assert left.endswith(b"\r\n---\r\n[redacted]\r\n")
    assert left.count(b"\n") == left.count(b"\r\n")


def test_consent_that_was_never_given_is_not_withdrawn():
    assert "consent: declined\n" in stub_of(note_text(consent="declined"))


def test_a_note_without_consent_gets_the_line():
    assert "consent: withdrawn\n---\n" in stub_of(note_text())


@pytest.mark.parametrize("body", ["", "# Acme Freight\n\n## Observations\n", "short"])
def test_an_empty_note_is_a_conversation_whose_words_are_taken_back(body):
    left = stub_of(note_text(body=body, consent="pending"))

    assert left.endswith("consent: withdrawn\n---\n[redacted]\n")
    assert verdict_of(left.encode()).is_counted


def test_the_stub_of_a_note_that_could_not_be_read_is_one():
    left = stub_of(
        "---\ncustomer: Par: x # Anna's\ndate: 2026-11-15\npm: caroline\ntype: learning\n---\nAnna said\n",
        "prod/interviews/reseller-portal/par-2026-11-15.md",
    )

    assert left == (
        '---\ndate: 2026-11-15\nproduct: reseller-portal\ncustomer: "Par: x"\npm: [caroline]\ntype: learning\n'
        "consent: withdrawn\n---\n[redacted]\n"
    )
    assert verdict_of(left.encode()).is_counted


@pytest.mark.parametrize(
    ("front", "left"),
    [
        ("{date: 2026-11-18, customer: Acme Freight, type: learning, mood: bad}",
         'date: 2026-11-18\ncustomer: "Acme Freight"\ntype: learning\nconsent: withdrawn\n'),
        ("date: 2026-11-18\n? customer\n: Acme Freight\ntype: learning",
         'date: 2026-11-18\ncustomer: "Acme Freight"\ntype: learning\nconsent: withdrawn\n'),
        ("date: 2026-11-18\ncustomer: |\n  Acme\n  Freight\ntype: learning",
         "date: 2026-11-18\ncustomer: |\n  Acme\n  Freight\ntype: learning\nconsent: withdrawn\n"),
        ("'date': 2026-11-18\ncustomer: Acme Freight\ntype: 'learning' # x\n\nproduct: checkout",
         "'date': 2026-11-18\ncustomer: Acme Freight\ntype: 'learning'\nproduct: reseller-portal\nconsent: withdrawn\n"),
    ],
)  # fmt: skip
def test_however_the_front_matter_is_written_it_says_the_same(front, left):
    assert stub_of(f"---\n{front}\n---\n- pain: x\n") == f"---\n{left}---\n[redacted]\n"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("", 'date: 2026-11-18\nproduct: reseller-portal\ncustomer: "acme-freight"\nconsent: withdrawn\n'),
        ("---\ncustomer: Acme: Freight\ntype: sales\npm: caroline\nsaid: [never\n---\nAnna said\n",
         'date: 2026-11-18\nproduct: reseller-portal\ncustomer: "Acme: Freight"\npm: [caroline]\ntype: sales\nconsent: withdrawn\n'),
        ("---\ncustomer: Anna, of Acme\ntype: learning\ntype: sales\n---\n",
         'date: 2026-11-18\nproduct: reseller-portal\ncustomer: "acme-freight"\ntype: learning\nconsent: withdrawn\n'),
        ("---\ndate: 2026-11-17\ncustomer: Acme Freight\ntype: what Anna said\nconsent: declined\n---\n",
         'date: 2026-11-17\nproduct: reseller-portal\ncustomer: "Acme Freight"\nconsent: declined\n'),
    ],
)  # fmt: skip
def test_of_a_note_that_cannot_be_read_only_what_is_sure_stays(text, left):
    assert isinstance(parse(PATH, text.encode()), Problem)
    assert stub_of(text) == f"---\n{left}---\n[redacted]\n"


def test_every_field_is_told_of():
    assert set(KEPT) | set(TOLD) | {"retain_until"} == set(FIELDS) | {"extra"}


def verdict_of(raw: bytes, path: str = PATH):
    (found,) = judge([parse(path, raw)], [], introduced([parse(path, raw)]), people())
    return found


SECRET = st.from_regex(r"\Azq[a-z]{3,9}\Z")
LINE = st.one_of(
    st.builds("- pain: {} #{} (P1)".format, SECRET, SECRET), st.builds("  - quote: {}".format, SECRET),
    st.builds("# {}".format, SECRET), st.builds("<!-- {} -->".format, SECRET), st.just(""),
    st.builds("{0} {1} {0} {1} {0} {1} {0} {1}".format, SECRET, SECRET), st.builds("> {}".format, SECRET),
)  # fmt: skip
FIELD = st.one_of(
    st.tuples(st.sampled_from(["tldr", "nugget", "goal", "crm", "recording", "participants", "observers", "zebra"]), SECRET),
    st.tuples(st.sampled_from(["channel", "relationship", "roles", "minutes", "outcome", "via", "segments"]),
              st.sampled_from(["video", "customer", "[user, buyer]", "35", "won", "sales", "[enterprise]", "", "zqbad one", "[user, zq bad]", "{zq: zqbad}"])),
    st.tuples(st.just("consent"), st.sampled_from(CONSENTS)),
    st.tuples(st.just("source"), st.sampled_from(SOURCES)),
    st.tuples(st.just("pm"), st.sampled_from(["caroline", "[caroline, dev]", "\n  - caroline\n  - dev", "\n  - dev # zqsaid", ""])),
)  # fmt: skip


@st.composite
def notes(draw) -> str:
    fields = dict(draw(st.lists(FIELD, max_size=8)))
    fields = {"type": draw(st.sampled_from(TYPES)), "date": "2026-11-18", "customer": '"Acme Freight"', **fields}
    names = draw(st.permutations(list(fields)))
    comments = draw(st.lists(st.sampled_from(["", " # zqcomment"]), min_size=len(names), max_size=len(names)))
    front = [
        f"{name}: {fields[name]}{'' if '#' in fields[name] else comment}"
        for name, comment in zip(names, comments, strict=True)
    ]
    lines = ["---", *front, "---", *draw(st.lists(LINE, max_size=8))]
    return draw(st.sampled_from(["\n", "\r\n"])).join([*lines, ""])


@settings(max_examples=150, deadline=None)
@given(notes())
def test_the_stub_of_any_note_counts_if_the_note_did_or_was_empty_and_holds_no_word_of_it(text):
    before = parse(PATH, text.encode())
    left = stub(PATH, text.encode(), is_colleague)
    after = parse(PATH, left)

    assert b"zq" not in left
    assert stub(PATH, left, is_colleague) == left
    old, new = verdict_of(text.encode()), verdict_of(left)
    assert new.is_counted or not old.is_counted
    if isinstance(before, Interview):
        assert isinstance(after, Interview)
        reason = "" if old.reason == "empty" else old.reason
        assert (new.reason, new.week, new.person, new.second) == (reason, old.week, old.person, old.second)
        kept = ("date", "customer", "type", "relationship", "source", "via", "channel", "minutes", "outcome")
        assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([PATH, "prod/interviews/x y/odd.md", "a/b/c-2026-11-18-2.md"]))
def test_anything_at_all_can_be_redacted(raw, path):
    left = stub(path, raw, is_colleague)

    assert left.rstrip().endswith(REDACTED.encode())
    assert stub(path, left, is_colleague) == left
    assert verdict_of(left, path).is_counted or not verdict_of(raw, path).is_counted


@settings(max_examples=120, deadline=None)
@given(st.text(max_size=200), st.text(st.characters(codec="utf-8"), min_size=1, max_size=30))
def test_no_word_of_any_body_stays(body, customer):
    raw = note_text(body=body, customer=_quoted(customer)).encode("utf-8", "replace")
    left = stub(PATH, raw, is_colleague).decode()
    known = set(
        re.findall(r"\w{4,}", note_text(body="", customer=_quoted(customer)) + " consent withdrawn acme freight")
    )

    assert not (set(re.findall(r"\w{4,}", body)) - known) & set(re.findall(r"\w{4,}", left.replace(REDACTED, "")))


def _quoted(text: str) -> str:
    import json

    return json.dumps(text)


def talk(path: str, body: str, **fields: str) -> tuple[str, bytes]:
    return f"prod/interviews/reseller-portal/{path}.md", note_text(body=body, **fields).encode()


def counted(raws: dict[str, bytes]) -> list[str]:
    read = [parse(path, raw) for path, raw in raws.items()]
    reasons = {verdict.path: verdict.reason for verdict in judge(read, [], introduced(read), people())}
    return [reasons[path] for path in raws]


ONE = "- pain: SSO setup took three days and two calls #sso\n"
OTHER = "- delight: the new navigation is fast and clear\n"
THIRD = "- need: a list of all who may see which price\n"


@pytest.mark.parametrize(
    ("talks", "reasons"),
    [
        ([talk("acme-freight-2026-11-18", ONE), talk("acme-freight-2026-11-18-2", OTHER)], ["", ""]),
        ([talk("acme-freight-2026-11-18", ONE), talk("acme-freight-2026-11-18-2", ONE)], ["", "duplicate"]),
        ([talk("acme-freight-2026-11-18", ONE, participants="[P1]"), talk("acme-freight-2026-11-18-2", OTHER, participants="[P1]"),
          talk("acme-freight-2026-11-18-3", THIRD, participants="[P2]")], ["", "duplicate", ""]),
        ([talk("acme-freight-2026-11-18", ONE), talk("acme-freight-2026-11-18-2", OTHER), talk("acme-freight-2026-11-18-3", OTHER),
          talk("acme-freight-2026-11-18-4", ONE)], ["", "", "duplicate", "duplicate"]),
    ],
)  # fmt: skip
def test_talks_of_one_day_stay_as_many_as_they_were(talks, reasons):
    raws = dict(talks)
    assert counted(raws) == reasons

    left = {each.path: each.new for each in stubs(raws, config(), NOBODY)}

    assert counted(left) == reasons
    assert {each.path: each.new for each in stubs(left, config(), NOBODY)} == left


def test_colleagues_who_listened_stay_and_strangers_do_not():
    raws = dict([talk("acme-freight-2026-11-18", ONE, observers="[dev, caro@example.com, hana@example.com, Anna]")])

    (found,) = stubs(raws, config(), NOBODY)

    assert b"observers: [dev, caro@example.com, hana@example.com]\n" in found.new


def test_a_note_says_of_itself_whether_it_is_redacted():
    assert parse(PATH, stub_of(FULL).encode()).is_redacted
    for text in (
        FULL,
        stub_of(FULL).replace("type:", "tldr: x\ntype:"),
        stub_of(FULL).replace("type:", "zebra: x\ntype:"),
    ):
        assert not parse(PATH, text.encode()).is_redacted
