"""Names that not every machine can have, by themselves and beside each other."""

import pytest

from interviewlog.insights.filenames import name_findings, unportable

ROOT = "prod/interviews"


def codes(*wanted: str, names: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    paths = [f"{ROOT}/{path}" for path in wanted]
    every = [*paths, *(f"{ROOT}/{path}" for path in names)]
    return [(each.path.removeprefix(f"{ROOT}/"), each.code) for each in name_findings(paths, every, ROOT)]


@pytest.mark.parametrize(
    "name",
    ["con.md", "CON", "Aux.tar.gz", "nul .md", "com1.md", "lpt9", "com¹.md", "conin$", "x:y.md", "a?b", 'a"b', "a\\b", "a|b",
     "a*b", "<a>", "a\tb", "a\x7fb", "end.", "end ", "end.md ", "é" * 128, "bad\udcff.md"],
)  # fmt: skip
def test_names_that_some_system_cannot_have(name):
    assert unportable(name)
    assert codes(f"checkout/{name}") == [(f"checkout/{name}", "unportable-name")]


@pytest.mark.parametrize(
    "name", ["acme-2026-11-18.md", "console.md", "com10.md", "com.md", ".gitkeep", "a b.md", "é" * 127, "日本.md"]
)
def test_names_that_every_system_can_have(name):
    assert unportable(name) == ""
    assert codes(f"checkout/{name}") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("acme.md", "Acme.md"), ("caf\u00e9.md", "cafe\u0301.md"), ("CAF\u00c9.md", "cafe\u0301.md"), ("stra\u00dfe.md", "STRASSE.md"),
     ("\u03c3.md", "\u03c2.md"), ("\u0390.md", "\u03aa\u0301.md")],
)  # fmt: skip
def test_names_that_are_one_name_elsewhere_are_told_of_each_other(one, other):
    both = {(f"checkout/{one}", "name-collision"), (f"checkout/{other}", "name-collision")}
    assert set(codes(f"checkout/{one}", f"checkout/{other}")) == both
    assert codes(f"checkout/{one}", names=(f"checkout/{other}",)) == [(f"checkout/{one}", "name-collision")]
    assert codes("checkout/else.md", names=(f"checkout/{one}", f"checkout/{other}")) == []


def test_folders_are_looked_at_too_and_each_is_told_once():
    found = codes("Checkout/a.md", "Checkout/b.md", "checkout/c.md", "nul/x.md", "nul/y.md")
    assert found == [("Checkout", "name-collision"), ("checkout", "name-collision"), ("nul", "unportable-name")]


def test_names_that_differ_are_no_collision():
    assert codes("checkout/acme.md", "portal/acme.md", "checkout/acme-2.md") == []


def test_the_other_name_is_said():
    (found,) = name_findings([f"{ROOT}/p/a.md"], [f"{ROOT}/p/a.md", f"{ROOT}/p/A.md"], ROOT)
    assert f"{ROOT}/p/A.md" in found.what
