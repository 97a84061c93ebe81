"""The folder of notes: found, listed, read and written."""

import os

import pytest

from cli import ROOT, Team
from interviewlog.errors import Code, IlogError
from interviewlog.store import folder as folders
from interviewlog.store.folder import Folder


def opened(team: Team) -> Folder:
    return folders.find(team.top, "")


def code_of(call, *args) -> Code:
    with pytest.raises(IlogError) as caught:
        call(*args)
    assert caught.value.hint
    assert "\n" not in caught.value.message
    return caught.value.code


@pytest.fixture(scope="module")
def folder(shelf):
    return opened(shelf)


def test_a_note_stands_two_below_the_root(folder):
    assert folder.is_note(f"{ROOT}/checkout/x.md")
    for path in (f"{ROOT}/x.md", f"{ROOT}/a/b/x.md", f"{ROOT}/checkout/x.txt", "prod/checkout/x.md", f"x{ROOT}/a/x.md",
                 f"{ROOT}/checkout/.md/", f"{ROOT}//x.md", ""):  # fmt: skip
        assert not folder.is_note(path), path


def test_products_are_those_configured_then_those_with_a_directory(team):
    for name in ("zeta", "alpha", "checkout", ".hidden"):
        team.repo.write({f"{ROOT}/{name}/x.md": "x"})
    team.repo.write({f"{ROOT}/file.md": "x"})
    assert opened(team).products() == ["reseller-portal", "checkout", "alpha", "zeta"]


def test_names_that_are_not_utf_8_are_left_out(team):
    team.repo.write({f"{ROOT}/checkout/x.md": "x"})
    with open(os.fsencode(team.top / ROOT / "checkout") + b"/\xff.md", "wb"):  # noqa: PTH123
        pass
    os.mkdir(os.fsencode(team.top / ROOT) + b"/\xff")  # noqa: PTH102
    folder = opened(team)
    assert folder.work_tree_notes() == folder.files_below_root() == [f"{ROOT}/checkout/x.md"]
    for args in (["list"], ["stats"], ["check"], ["save"], []):
        assert team.run(*args).code in {0, 1}, args


def test_a_folder_without_configuration_is_one_if_the_root_is_there(tmp_path):
    team = Team.start(tmp_path / "notes", None)
    assert code_of(folders.find, team.top, "") == Code.CONFIG
    (team.top / ROOT).mkdir(parents=True)
    assert opened(team).config.root == ROOT
    assert folders.find(team.top / "prod", "").top == opened(team).top


def test_flag_before_place_before_memory(team, tmp_path):
    other = Team.start(tmp_path / "other")
    assert folders.find(team.top, str(other.top)).top == other.top
    assert folders.find(team.top, "", lambda: str(other.top)).top == team.top
    assert folders.find(tmp_path, "", lambda: str(other.top)).top == other.top
    assert code_of(folders.find, tmp_path, "") == Code.CONFIG
    assert code_of(folders.find, tmp_path, "", lambda: str(tmp_path / "gone")) == Code.CONFIG


def test_a_folder_inside_another_repository_is_the_inner_one(team):
    inner = Team.start(team.top / "inner")
    assert folders.find(inner.top, "").top == inner.top


def test_another_root(tmp_path):
    team = Team.start(tmp_path / "notes", "schema: 1\nroot: interviews\n")
    assert team.run("new", "web-shop", "Acme").stdout == "interviews/web-shop/acme-2026-11-20.md\n"
    team.run("save")
    assert len(team.run("list").lines) == 2


@pytest.mark.parametrize(
    "named",
    ["{path}", "/{path}", "{top}/{path}", "{top}/x/../{path}", "acme-freight-2026-11-18", "acme-freight-2026-11-18.md",
     "reseller-portal/acme-freight-2026-11-18", "{path}/"],
)  # fmt: skip
def test_a_note_is_found_by_what_people_call_it(folder, shelf, named):
    name = named.format(path=shelf.path(), top=shelf.top)
    assert folders.resolve_note(folder, name, shelf.top, folder.work_tree_notes) == shelf.path()


@pytest.mark.parametrize(
    "named", ["", "/", ".", "..", "freight-2026-11-18", "../../etc/passwd", "/etc/passwd", "a\0b", "ilog.yaml"]
)
def test_anything_else_is_no_note(folder, shelf, named):
    assert code_of(folders.resolve_note, folder, named, shelf.top, folder.work_tree_notes) == Code.NO_NOTE


def test_a_path_through_a_linked_top_is_understood(shelf, tmp_path):
    (tmp_path / "link").symlink_to(shelf.top)
    linked = folders.find(tmp_path / "link", "")
    where = tmp_path / "link" / ROOT / "reseller-portal"
    assert folders.resolve_note(linked, "acme-freight-2026-11-18.md", where, linked.work_tree_notes) == shelf.path()
    assert (
        folders.resolve_note(linked, f"{tmp_path}/link/{shelf.path()}", tmp_path, linked.work_tree_notes)
        == shelf.path()
    )


def test_a_note_is_written_once(team):
    folder, path = opened(team), f"{ROOT}/checkout/acme-2026-11-16.md"
    folder.write_new(path, "one")
    assert code_of(folder.write_new, path, "two") == Code.EXISTS
    assert team.read(path) == "one"
    assert not list((team.top / ".git").glob("ilog-tmp*/*"))


def test_a_note_is_replaced_only_if_it_is_still_what_was_read(team):
    folder, path = opened(team), f"{ROOT}/checkout/acme-2026-11-16.md"
    folder.write_new(path, "one")
    folder.replace(path, b"one", b"two")
    assert code_of(folder.replace, path, b"one", b"three") == Code.RETRY
    assert team.read(path) == "two"
    assert not list((team.top / ".git").glob("ilog-tmp*/*"))


def test_where_nothing_can_be_written_it_is_74_and_nothing_is_lost(team):
    if os.getuid() == 0:
        (team.top / ".git" / f"ilog-tmp-{os.getuid()}").write_text("in the way", encoding="utf-8")
    else:
        (team.top / ".git").chmod(0o500)
    assert code_of(opened(team).write_new, f"{ROOT}/checkout/x.md", "x") == Code.IO
    assert not team.exists(f"{ROOT}/checkout/x.md")


def test_a_file_where_a_directory_should_be_is_77(team):
    team.repo.write({f"{ROOT}/checkout": "a file"})
    folder = opened(team)
    assert code_of(folder.write_new, f"{ROOT}/checkout/x.md", "x") == Code.REFUSED
    assert code_of(folder.read, f"{ROOT}/checkout/x.md") == Code.NO_NOTE


def test_a_note_larger_than_any_is_read_no_further(team):
    path = team.draft("Acme", "2026-11-16")
    with (team.top / path).open("ab") as file:
        file.truncate(64 * 1024 * 1024)
    assert len(opened(team).read(path)) < 11 * 1024 * 1024
    assert team.run("list").code == 0
    assert team.run("save", path).code == 65


def test_configuration_that_is_not_utf_8_is_78(team):
    (team.top / "ilog.yaml").write_bytes(b"\xff")
    assert code_of(opened, team) == Code.CONFIG
