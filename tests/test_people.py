"""`people.yaml`: read into people, kept from everybody else, and never quoted."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cli import Team
from interviewlog.person import Person
from interviewlog.store import folder as folders
from interviewlog.store import people


def put(team: Team, text: str | bytes, *, mode: int = 0o600, ignore: str = "/people.yaml\n") -> None:
    team.repo.write({"people.yaml": text})
    (team.top / "people.yaml").chmod(mode)
    if ignore:
        (team.top / ".gitignore").write_text(ignore, encoding="utf-8")


def read(team: Team) -> tuple[tuple[Person, ...], list[str]]:
    listed, findings = people.read(folders.find(team.top, ""))
    return listed, [finding.code for finding in findings]


def told(team: Team) -> str:
    _, findings = people.read(folders.find(team.top, ""))
    return " ".join(f"{finding.what} {finding.mend}" for finding in findings)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P1: Jane Doe\nP2: [Jörg Müller, Jorge]\n", (Person("P1", ("Jane Doe",)), Person("P2", ("Jörg Müller", "Jorge")))),
        ("- Jane Doe\n- [Richard Roe, Dick]\n", (Person("", ("Jane Doe",)), Person("", ("Richard Roe", "Dick")))),
        ("\ufeffno: Jo On\n", (Person("no", ("Jo On",)),)),
        ("# nobody yet\n", ()),
        ("", ()),
    ],
)  # fmt: skip
def test_a_code_has_a_name_or_several_and_a_list_has_names_without_codes(team, text, expected):
    put(team, text)
    assert read(team) == (expected, [])


def test_without_the_file_nobody_is_known(team):
    assert read(team) == ((), [])


def test_a_bare_repository_has_none(team, tmp_path):
    team.repo.git("clone", "-q", "--bare", str(team.top), str(tmp_path / "bare"))
    assert people.read(folders.find(tmp_path / "bare", str(tmp_path / "bare"))) == ((), ())


@pytest.mark.parametrize("text", ["P1: [Jane Doe\n", "P1: Jane Doe\nP1: Jane Doe\n", "P1: &a Jane Doe\n", "P1: Jane Doe #1\n", b"P1: J\xe4ne Doe\n", "Jane Doe",
                                  "P1: Jane Doe\n---\nP2: Jane Doe\n", "P1: Jane\x00Doe\n", "P1: " + "Jane Doe " * 9000])  # fmt: skip
def test_what_cannot_be_read_is_an_error_that_quotes_nothing(team, text):
    put(team, text)
    listed, findings = people.read(folders.find(team.top, ""))
    assert [(finding.code, finding.is_error) for finding in findings] == [("people-unread", True)]
    assert listed == ()
    assert "ane" not in findings[0].what.replace("names", "")


def test_the_line_that_is_broken_is_told(team):
    put(team, "P1: Jane Doe\nP2: [Richard\n")
    _, (finding,) = people.read(folders.find(team.top, ""))
    assert finding.line == 2


@pytest.mark.parametrize("value", ["X", "{a: Richard}", "[Richard Roe, {a: b}]", "7"])
def test_an_entry_that_is_no_name_is_told_by_its_line_and_the_others_are_known(team, value):
    put(team, f"P1: Jane Doe\nP2: {value}\nP3: Bob Roe\n")
    listed, codes = read(team)
    assert codes == ["people-unread"]
    assert {listed[0], listed[-1]} == {Person("P1", ("Jane Doe",)), Person("P3", ("Bob Roe",))}
    assert "line 2" in told(team)
    assert "Richard" not in told(team)


@pytest.mark.parametrize("value", ["", "[]", '""'])
def test_a_code_may_wait_for_its_name(team, value):
    put(team, f"P1: Jane Doe\nP2: {value}\n")
    assert read(team) == ((Person("P1", ("Jane Doe",)),), [])


def test_others_who_can_read_it_are_a_warning(team):
    put(team, "P1: Jane Doe\n", mode=0o640)
    assert read(team)[1] == ["people-readable"]
    assert "chmod 600 people.yaml" in told(team)


def test_a_file_that_git_would_take_is_an_error_with_the_line_to_type(team):
    put(team, "P1: Jane Doe\n", ignore="")
    assert read(team) == ((Person("P1", ("Jane Doe",)),), ["people-not-ignored"])
    assert "echo /people.yaml >> .gitignore" in told(team)


@pytest.mark.parametrize("commits", [True, False])
def test_a_file_that_git_has_is_an_error_even_if_it_is_ignored_by_now(team, commits):
    put(team, "P1: Jane Doe\n")
    team.repo.git("add", "-f", "people.yaml")
    if commits:
        team.repo.git("commit", "-q", "-m", "x")
    assert read(team)[1] == ["people-tracked"]
    assert "git rm --cached people.yaml" in told(team)


def test_the_commands_that_are_told_mend_it(team):
    put(team, "P1: Jane Doe\n", mode=0o644, ignore="")
    team.repo.git("add", "people.yaml")
    for _ in range(3):
        for finding in people.read(folders.find(team.top, ""))[1]:
            assert os.system(f"cd '{team.top}' && {finding.mend}") == 0  # noqa: S605 - as a person would type it
    assert read(team) == ((Person("P1", ("Jane Doe",)),), [])


def test_a_link_is_not_followed(team, tmp_path):
    (tmp_path / "elsewhere.yaml").write_text("P1: Jane Doe\n", encoding="utf-8")
    (team.top / "people.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    assert read(team) == ((), ["people-unread"])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_a_file_that_may_not_be_opened_is_an_error(team):
    put(team, "P1: Jane Doe\n", mode=0o000)
    assert read(team) == ((), ["people-unread"])


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200) | st.text(alphabet="P1: []{}-\n#&*!'\"JaneD,", max_size=60).map(str.encode))
def test_any_bytes_can_be_read(team, raw):
    put(team, raw)
    listed, _ = read(team)
    assert all(person.names and all(len(name) > 1 for name in person.names) for person in listed)
