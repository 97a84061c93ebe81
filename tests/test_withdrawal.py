"""What one participant said goes, as text; what everybody else said stays, byte for byte."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import config, note_text
from interviewlog.errors import Code, IlogError
from interviewlog.insights import redaction
from interviewlog.insights.passages import with_evidence
from interviewlog.interview import REDACTED, Interview
from interviewlog.note import parse
from interviewlog.observations import read_body
from interviewlog.withdrawal import Boilerplate, codes_in, naming, without

PATH = "prod/interviews/reseller-portal/acme-freight-2026-11-18.md"
NOBODY = Boilerplate()


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("- pain: x #sso !3 (P2)\n", "- pain: [redacted] (P2)\n"),
        ("- pain: x (P1)\n", "- pain: x (P1)\n"),
        ("- pain: x (P22)\n- need: y (P2)\n", "- pain: x (P22)\n- need: [redacted] (P2)\n"),
        ("- p: x (P2)\n* d:  y (P2)\n", "- p: [redacted] (P2)\n* d: [redacted] (P2)\n"),
        ("- [ ] question: x (P2)\n", "- question: [redacted] (P2)\n"),
        ("- they said so (P2)\n", "- [redacted] (P2)\n"),
        ("1. pain: x (P2)\n2. y\n", "1. pain: [redacted] (P2)\n2. y\n"),
        ("- pain: x (P1)\n  - quote: y (P2)\n  - quote: z\n", "- pain: x (P1)\n  - quote: [redacted] (P2)\n  - quote: z\n"),
        ("- pain: x (P2)\n  - quote: y (P1)\n    - z\n- need: w\n", "- pain: [redacted] (P2)\n  - quote: [redacted] (P1)\n    - [redacted]\n- need: w\n"),
        ("- pain: x\n  goes on (P2)\n  and on\n\n  and on\n\nOurs.\n", "- pain: [redacted] (P2)\n\n\nOurs.\n"),
        ("- pain: x (P2)\nlazily on\n- need: y\n", "- pain: [redacted] (P2)\n- need: y\n"),
        ("- pain: x (P2)\n  ```\n  code\n\n- no item\n  ```\n- need: y\n", "- pain: [redacted] (P2)\n\n- need: y\n"),
        ("- pain: x (P2)\n<!-- ours -->\n- need: y\n", "- pain: [redacted] (P2)\n<!-- ours -->\n- need: y\n"),
        ("One said\nso (P2).\n\nTwo.\n", "[redacted] (P2)\n\nTwo.\n"),
        ("> so (P2)\n> and so\n\n> other\n", "> [redacted] (P2)\n\n> other\n"),
        ("• pain: x (P2)\n• pain: y (P1)\n", "• [redacted] (P2)\n• pain: y (P1)\n"),
        ("```\nlog (P2)\nmore\n```\nours\n", "```\n[redacted] (P2)\n```\nours\n"),
        ("<!-- so (P2) -->\nours\n", "<!-- [redacted] (P2) -->\nours\n"),
        ("<!--\nso (P2)\n-->\nours\n", "<!-- [redacted] (P2) -->\nours\n"),
        ("## With Anna (P2)\n- pain: x\n", "## [redacted] (P2)\n- pain: [redacted]\n"),
        ("# Acme (P2)\n- pain: x\n", "# [redacted] (P2)\n- pain: x\n"),
        ("# Acme (P1, P2)\n- pain: x\n", "# [redacted] (P1) (P2)\n- pain: x\n"),
        ("- pain: both said (P1, P2)\n- need: (p2) too\n", "- pain: [redacted] (P1) (P2)\n- need: [redacted] (P2)\n"),
        ("- pain: x (P2)\r\n- need: y\r- d: z (P2)", "- pain: [redacted] (P2)\r\n- need: y\r- d: [redacted] (P2)"),
    ],
)  # fmt: skip
def test_their_items_and_paragraphs_go_with_all_that_is_nested_below(body, left):
    assert without(body, "P2").text == left
    assert without(left, "P2").text == left


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("P2: first\nand on\n\nOurs.\n", "[redacted] (P2)\n\nOurs.\n"),
        ("**P2:** first\n", "[redacted] (P2)\n"),
        ("**P2**: first\n", "[redacted] (P2)\n"),
        ("_P2_ said so\n", "[redacted] (P2)\n"),
        ("P2 – first\n\nP2 - second\n", "[redacted] (P2)\n\n[redacted] (P2)\n"),
        ("P2 said so\n", "[redacted] (P2)\n"),
        ("[P2] so\n", "[redacted] (P2)\n"),
        ("p2 (ops lead): so\n", "[redacted] (P2)\n"),
        ("P1 and P2: so\n", "[redacted] (P1) (P2)\n"),
        ("P2’s boss reads it all\n", "[redacted] (P2)\n"),
        ("P1: one\nP2: two\ngoes on\nP1: three\n", "P1: one\n[redacted] (P2)\nP1: three\n"),
        ("P1 came early.\nP2 came late.\n", "P1 came early.\n[redacted] (P2)\n"),
        ("- P2: x\n  - pain: y\n- P1: z\n", "- [redacted] (P2)\n  - pain: [redacted]\n- P1: z\n"),
        ("- **P2**: x\n- **P2** – y\n", "- [redacted] (P2)\n- [redacted] (P2)\n"),
        ("- **P2**\n  - pain: y\n- z\n", "- [redacted] (P2)\n  - pain: [redacted]\n- z\n"),
        ("- pain: P2 cannot log in\n- quote: P2: never\n", "- pain: [redacted] (P2)\n- quote: [redacted] (P2)\n"),
        ("- [ ] P2: x\n- P1: x\n", "- [redacted] (P2)\n- P1: x\n"),
        ("- quote: never – P2 #sso\n", "- quote: [redacted] (P2)\n"),
        ("| who | what |\n|---|---|\n| P1 | a |\n| **P2** | b \\| c |\n| P1 | d |\n",
         "| who | what |\n|---|---|\n| P1 | a |\n| [redacted] (P2) | [redacted] |\n| P1 | d |\n"),
        ("| P2 | P1 |\n|---|---|\n| a | b |\n", "| P2 | P1 |\n|---|---|\n| a | b |\n"),
        ("> P2: so\n> and on\n> P1: other\n", "> [redacted] (P2)\n> P1: other\n"),
        ("> so\n> – P2\n", "> [redacted] (P2)\n"),
        ("> so – P2\n> other – P1\n", "> [redacted] (P2)\n> other – P1\n"),
        ("> so\n> so — P2, ops lead\n", "> [redacted] (P2)\n"),
        ("> so\n\n— P2\n\nOurs.\n", "> [redacted] (P2)\n\n\nOurs.\n"),
        ("so\n-- P2\n", "[redacted] (P2)\n"),
        ("## P2\n\nfirst\n\n- pain: x #sso\n\n### Story\ny\n\n## P1\nz\n", "## [redacted] (P2)\n\n\n- pain: [redacted]\n\n\n## P1\nz\n"),
        ("### **P2** – Anna\nx\n# Next\ny\n", "### [redacted] (P2)\n# Next\ny\n"),
        ("## P2: Anna\n```\n## no heading\n```\n<!-- x -->\n> y\n", "## [redacted] (P2)\n"),
        ("P2\n--\nx\n\nP1\n--\ny\n", "[redacted] (P2)\n--\n\nP1\n--\ny\n"),
        ("P2:\n- pain: x\n\n- need: y\n\nOurs.\n", "[redacted] (P2)\n- pain: [redacted]\n\n- need: [redacted]\n\nOurs.\n"),
        ("**P2**\n\nfirst\n\nOurs.\n", "[redacted] (P2)\n\n\nOurs.\n"),
        ("```\nP1: a\nP2: b\nc\nP1: d\n```\n", "```\nP1: a\n[redacted] (P2)\nP1: d\n```\n"),
        ("<!-- P2: so -->\nours\n", "<!-- [redacted] (P2) -->\nours\n"),
    ],
)  # fmt: skip
def test_what_begins_with_the_code_or_is_signed_with_it_or_stands_below_it_goes(body, left):
    assert without(body, "P2").text == left
    assert without(left, "P2").text == left


@pytest.mark.parametrize(
    "body",
    [
        "We asked P1 and P2 about it.\n", "P1: as P2 says, it is slow\n", "- pain: P2 cannot log in (P1)\n", "P22: x\n", "P2P2 x\n",
        "P2-level issues\n", "we showed it to\nP2 and left\n", "## P2 and what we make of it\nours\n", "## Why P2 left\nours\n", "| ours | P2 |\n",
    ],
)  # fmt: skip
def test_a_line_of_others_that_names_them_stays_to_be_read(body):
    assert without(body, "P2").text == body
    named = {line for line in body.splitlines() if re.search(r"\bP2\b", line)}
    assert {body.splitlines()[number - 1] for number in naming(body, "P2")} == named


def test_all_who_speak_are_told():
    assert codes_in("P1: x\n\n- P2 – y\n- z (P3)\n> w – P4\n| P5 | v |\n## P6\n", Boilerplate()) == {
        f"P{n}" for n in range(1, 7)
    }


def test_what_somebody_typed_in_a_comment_of_the_template_is_theirs():
    template = Boilerplate(hints=frozenset({"- pain: waited two days (P2)"}))

    assert without("<!--\n- pain: waited two days (P2)\n- need: y (P2)\n-->\n", "P2", template).taken
    assert without("- pain: waited two days (P2)\n", "P2", template).taken


def test_the_examples_of_a_template_are_nobodys_words():
    body = "<!--\n- pain: waited two days (P2)\n-->\n- pain: x (P1)\n"
    template = Boilerplate(hints=frozenset({"- pain: waited two days (P2)"}))

    assert without(body, "P2", template).text == body
    assert codes_in(body, template) == {"P1"}
    assert naming(body, "P2", template) == ()


ITEM = st.builds(
    "{}{} {}{}{}".format,
    st.sampled_from(["", "  ", "    ", "\t"]), st.sampled_from(["-", "*", "1."]), st.sampled_from(["pain: ", "q: ", "[ ] need: ", "", "quote: "]),
    st.sampled_from(["xx", "yy goes", "zz (P1) more", "`code` ww", "P2: xx", "P2 yy", "P1 – zz", "**P2** ww"]), st.sampled_from([" (P1)", " (P2)", "", " #tag (P2)", " (P2) !3"]),
)  # fmt: skip
LINE = st.one_of(
    ITEM, ITEM, st.sampled_from(["", "", "prose", "prose (P2)", "  more (P2)", "# Heading", "> quoted (P2)", "```", "<!-- c -->", "<!--", "-->",
                                 "---", "• pain: v (P2)", "    deep", "P2: prose", "P1: prose", "P2", "P2 prose", "## P2", "### Heading",
                                 "> P2: quoted", "– P2", "> quoted – P2", "| P2 | prose |", "| P1 | prose |", "==="]))  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(LINE, max_size=14), st.sampled_from(["\n", "\r\n"]))
def test_what_is_left_is_read_as_it_was_or_nothing_is_changed(lines, end):
    numbered = [
        re.sub(r"(xx|yy|zz|ww|prose|more|deep|quoted)", rf"\g<1>{number}", line) for number, line in enumerate(lines)
    ]
    raw = note_text(body=end.join([*numbered, "- pain: one thing (P1)", ""])).encode()
    try:
        found = redaction.participant(PATH, raw, "P2", config(), NOBODY)
    except IlogError:
        return  # nobody is P2, or only a person can do it
    assert redaction.participant(PATH, found.new, "P2", config(), NOBODY).is_done
    if not found.whole:
        old, new = told(raw), told(found.new)
        assert [each for each in new if each[1] != REDACTED] == [each for each in old if each in new]
        assert not any(who == "P2" and text != REDACTED for _, text, who in new)
        kept = {line for line in found.new.splitlines() if REDACTED.encode() not in line}
        assert kept <= set(raw.splitlines())


def told(raw: bytes) -> list[tuple[str, str, str]]:
    note = parse(PATH, raw)
    assert isinstance(note, Interview)
    return [(each.kind, each.text, each.who) for each in with_evidence(note.body.observations)]


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("- *1.>`~<!-#(P2)\n\tpain: x–|=,"), max_size=120))
def test_any_body_can_be_cut(body):
    done = without(body, "P2")
    assert without(done.text, "P2").text == done.text
    assert read_body(done.text)


BODY = """\
# Acme Freight

We waited for P2.

- pain: SSO took three whole days and two calls to support #sso (P2)
  - quote: "never again"
- delight: new navigation (P1)
"""
PEOPLE = '["P1 – ops lead", "P2 – Anna, security"] # Anna is new'


def redact(text: str, code: str = "P2"):
    return redaction.participant(PATH, text.encode(), code, config(), NOBODY)


def test_their_entry_and_what_repeats_their_words_goes_too():
    text = note_text(
        body=BODY, participants=PEOPLE, consent="quotes", consent_ref='"signed by P2"',
        tldr='"heard that SSO took three whole days"', nugget='"New navigation is liked."',
    )  # fmt: skip

    found = redact(text)

    assert found.new.decode() == text.replace(PEOPLE, '["P1 – ops lead", "P2 – [redacted]"]').replace(
        'tldr: "heard that SSO took three whole days"', "tldr:"
    ).replace(
        '- pain: SSO took three whole days and two calls to support #sso (P2)\n  - quote: "never again"',
        "- pain: [redacted] (P2)\n  - quote: [redacted]",
    )
    assert not found.whole
    lines = found.new.decode().splitlines()
    assert [lines[number - 1] for number in found.to_read] == ['consent_ref: "signed by P2"', "We waited for P2."]


@pytest.mark.parametrize(
    ("fields", "body", "why"),
    [
        ({"participants": '["P2 – Anna"]'}, BODY.replace(" (P1)", ""), "P2 was the only participant"),
        ({}, "- pain: x (P2)\n- need: y\n", "P2 was the only participant"),
        ({"participants": "[P1, P2]"}, f"{'They said this and that. ' * 6}(P2)\n", "beside what P2 said there is nothing left to count"),
    ],
)  # fmt: skip
def test_where_nobody_else_spoke_it_is_the_whole_note(fields, body, why):
    found = redact(note_text(body=body, consent="notes", **fields))

    assert found.whole == why
    assert found.new.endswith(b"consent: withdrawn\n---\n[redacted]\n")


def test_a_participant_who_is_only_listed_is_a_code_and_nothing_else():
    found = redact(note_text(participants='["P1 – ops", "P2 – Anna"]'))
    assert 'participants: ["P1 – ops", "P2 – [redacted]"]\n' in found.new.decode()
    assert redact(found.new.decode()).is_done


def test_nobody_of_that_code_is_said_so_and_once_more_changes_nothing():
    with pytest.raises(IlogError) as refused:
        redact(note_text(participants="[P1]"))
    assert (refused.value.code, refused.value.message) == (Code.NO_NOTE, f"nobody is P2 in this note: {PATH}")
    done = redact(note_text(body=BODY, participants=PEOPLE)).new.decode()
    assert redact(done).is_done
    stub = redact(note_text(body="- pain: x (P2)\n")).new.decode()
    assert redact(stub).is_done


def test_a_note_that_cannot_be_read_is_left_to_a_person():
    with pytest.raises(IlogError) as refused:
        redact(note_text(type=None))
    assert refused.value.code == Code.BAD_NOTE
    assert f"ilog redact {PATH}" in refused.value.hint


def test_what_cannot_be_parted_from_what_others_said_is_left_to_a_person():
    with pytest.raises(IlogError) as refused:
        redact(note_text(body="so <!-- (P2)\n--> - pain: x (P1)\n- need: y (P1)\n"))
    assert refused.value.code == Code.BAD_NOTE
