"""What `ilog check --fix` changes in a note, and that it changes nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import note_text
from interviewlog.interview import Interview
from interviewlog.mending import mended
from interviewlog.note import parse

PATH = "prod/interviews/reseller-portal/acme-freight-2026-11-18.md"


def mend(text: str, path: str = PATH) -> str:
    return mended(path, text.encode()).decode()


def in_body(line: str) -> str:
    """Give what becomes of a line among others, and hold that the others stay."""
    before, after = "# Acme\r\n\r\nprose: as it is\r\n", "\r\n\r\n1) last\r\n"
    text = note_text(body=before + line + after)
    found = mend(text)
    start, end = text.index(before) + len(before), len(after)
    assert (found[:start], found[-end:]) == (text[:start], text[-end:])
    return found[start:-end]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("- p: x", "- pain: x"), ("- P: x #a !2 (P1)", "- pain: x #a !2 (P1)"), ("- pain:x", "- pain: x"),
        ("- **pain**: x", "- pain: x"), ("- **pain:** x", "- pain: x"), ("- _need_: x", "- need: x"),
        ("- pains: x", "- pain: x"), ("- Goals : x", "- goal: x"), ("- pain：x", "- pain: x"),
        ("* [ ] **request**: x  ", "* [ ] request: x  "), ("+ [x] pain:x", "+ [x] pain: x"), ("- behavior:x", "- behaviour: x"),
        ("• pain: x", "- pain: x"), ("  – pain: x", "  - pain: x"), ("1. pain: x", "- pain: x"), ("  2) q: x", "  - quote: x"),
        ("- pain: x\r\n  - q: y\r\n  - **quote**: z", "- pain: x\r\n  - quote: y\r\n  - quote: z"),
    ],
)  # fmt: skip
def test_what_means_one_thing_only_is_written_so(line, wanted):
    assert in_body(line) == wanted


@pytest.mark.parametrize(
    "line",
    ["- pian: x", "- pain - x", "- need – x", "- p:x", "- n:m relations", "- plain: x", "- https://x", "prose pain:x",
     "> - pain:x", "`- pain:x`", "<!-- - pain:x -->", "```\r\n- pain:x\r\n- p: x\r\n```", "- pain: x", "- pain:", "- **Note**: x",
     "- pai<!-- c -->n:x"],
)  # fmt: skip
def test_what_may_be_meant_otherwise_is_left_alone(line):
    assert in_body(line) == line


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("type: lerning", "type: learning"), ("type: 'win loss'  # deal", "type: win-loss  # deal"),
        ("consent:   quots", "consent:   quotes"), ("roles: [usr, buyer]", "roles: [user, buyer]"),
        ("relationship: prospekt", "relationship: prospect"),
        ("type: talk", "type: talk"), ("type: Learning", "type: Learning"), ("roles: [boss]", "roles: [boss]"),
        ("consent: ", "consent: "), ("via: {a: b}", "via: {a: b}"), ("outcome: lost", "outcome: lost"),
        ("relationship: n-customer", "relationship: n-customer"),
    ],
)  # fmt: skip
def test_a_choice_is_mended_where_it_is_like_exactly_one(said, wanted):
    key = said.partition(":")[0]
    text = note_text(**{key: None}).replace("---\n#", f"{said}\n---\n#")
    assert mend(text) == text.replace(said, wanted)


def test_the_product_is_the_folder():
    text = note_text(product="portal   # which?")
    assert mend(text) == text.replace("product: portal ", "product: reseller-portal ")
    assert mend(text, "prod/interviews/Two Words/acme-freight-2026-11-18.md") == text


def test_several_things_are_mended_at_once_and_the_note_is_read_then():
    text = note_text(type="lerning", body="# x\n\n- p: y\n- **need**: z\n")
    found = mend(text)
    read = parse(PATH, found.encode())
    assert isinstance(read, Interview)
    assert [each.kind for each in read.body.observations] == ["pain", "need"]
    assert mend(found) == found


@pytest.mark.parametrize("text", ["", "no front matter\n- p: x\n", "---\na: [\n---\n- p: x\n", "---\ntype: x\n"])
def test_what_cannot_be_read_stays(text):
    assert mend(text) == text


LINES = ["- p: x", "- pain:x", "  - **need**: y", "1. goal: z", "• d: w", "```", "<!--", "-->", "# h", "", "words", "> - q: x",
         "- pian: x", "    - n: z", "---", "\t- c: x", "- [ ] r: x", "pains: x", "- pains: x"]  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=12), st.sampled_from(["\n", "\r\n"]))
def test_mending_again_changes_nothing_and_no_observation_is_lost(lines, end):
    raw = note_text(body=end.join(lines)).encode()
    before, found = parse(PATH, raw), mended(PATH, raw)
    after = parse(PATH, found)
    assert isinstance(before, Interview)
    assert isinstance(after, Interview)
    assert mended(PATH, found) == found
    assert len(found.split(b"\n")) == len(raw.split(b"\n"))

    def told(note: Interview) -> set[tuple[int, str]]:
        pending, seen = list(note.body.observations), set()
        while pending:
            each = pending.pop()
            seen.add((each.line, each.kind))
            pending.extend(each.evidence)
        return seen

    assert told(before) <= told(after)
    assert len(after.body.near_misses) <= len(before.body.near_misses)
