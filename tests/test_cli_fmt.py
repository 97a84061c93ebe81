"""`ilog fmt`: which notes, and what it says."""

from builders import note_text
from cli import ROOT
from golden import check

BODY = '# A\r\n\r\n- p: one #sso\r\n  - q: "two"\r\n```\r\n- p: code\r\n```\r\n'


def test_all_notes_are_spelt_out_committed_or_not_and_nothing_is_committed(team):
    one, two = team.note("Acme", body="- p: x\n"), team.draft("Globex", body="- d: y\n")
    team.note("Initech", body="- pain: z\n")
    head = team.repo.head
    done = team.run("fmt")
    assert (done.code, done.lines, done.stderr) == (0, [one, two], "next: ilog save\n")
    assert (team.repo.head, team.repo.status()) == (head, [f" M {one}", f"?? {two}"])
    assert (team.read(one).endswith("- pain: x\n"), team.read(two).endswith("- delight: y\n")) == (True, True)
    again = team.run("fmt")
    assert (again.code, again.stdout, again.stderr) == (0, "", "nothing to spell out\n")


def test_every_other_byte_stays(team):
    path = f"{ROOT}/checkout/acme-2026-11-18.md"
    raw = b"\xef\xbb\xbf" + note_text(body=BODY).replace("\r\n", "\n").replace("\n", "\r\n").encode() + b"\r\n \r\n"
    team.repo.write({path: raw})
    assert team.run("fmt", path).stderr == f"next: ilog save {path}\n"
    assert (team.top / path).read_bytes() == raw.replace(b"- p: one", b"- pain: one").replace(b"- q: ", b"- quote: ")


def test_only_what_is_named(team):
    one, two = team.note("Acme", body="- p: x\n"), team.note("Globex", body="- d: y\n")
    assert team.run("fmt", "acme-2026-11-18").lines == [one]
    assert team.repo.status() == [f" M {one}"]
    assert team.read(two).endswith("- d: y\n")


def test_check_says_what_would_change_and_changes_nothing(team):
    path = team.draft("Acme", body="# A\n\n- p: x\n- need: y\n  - q: z\n")
    before = team.read(path)
    done = team.run("fmt", "--check")
    assert (done.code, done.lines) == (1, [f"{path}:10: - pain: x", f"{path}:12: - quote: z"])
    assert team.read(path) == before
    team.run("fmt")
    assert team.run("fmt", "--check").code == 0


def test_a_note_that_cannot_be_read_is_65_if_named_and_else_left_alone(team):
    bad = f"{ROOT}/checkout/bad-2026-11-18.md"
    team.repo.write(
        {
            bad: "---\ntype: [\n---\n- p: x\n",
            f"{ROOT}/checkout/latin-2026-11-18.md": note_text(body="- p: x\n").encode() + b"\xff",
        }
    )
    good = team.draft("Acme", body="- p: x\n")
    assert (team.run("fmt", bad).code, team.read(bad)) == (65, "---\ntype: [\n---\n- p: x\n")
    done = team.run("fmt")
    assert (done.code, done.lines) == (0, [good])
    assert f"skipped: {bad}:2: " in done.stderr
    assert "2 notes were skipped: ilog check" in done.stderr


def test_a_link_is_not_followed(team, tmp_path):
    outside = tmp_path / "outside.md"
    outside.write_text(note_text(body="- p: x\n"), encoding="utf-8")
    team.draft("Acme")
    (team.top / ROOT / "reseller-portal" / "link-2026-11-18.md").symlink_to(outside)
    assert team.run("fmt").code == 0
    assert team.run("fmt", "link-2026-11-18").code == 77
    assert outside.read_text("utf-8").endswith("- p: x\n")


def test_a_line_that_a_template_has_spelt_out_is_left_alone_with_a_word(team):
    team.repo.commit({"templates/notes/own.md": "# X\n\n- pain: x\n"})
    path = team.draft("Acme", body="- p: x\n")
    done = team.run("fmt")
    assert (done.code, done.stdout) == (0, "")
    assert f"left alone: {path}: the outcome is read as something else" in done.stderr


def test_hostile_text_is_cleaned(team):
    team.draft("Acme", body="- p: x\x1b[31m\u202e\n")
    assert not set("\x1b\u202e") & set(team.run("fmt", "--check").stdout)


def test_what_it_says(team):
    team.draft("Acme", body="- p: x\n- [ ] n: y\n")
    team.draft("Globex", body="- D: y\n")
    said = []
    for words in (["--check"], [], [], ["nosuch"]):
        done = team.run("fmt", *words)
        said.append(f"$ {' '.join(['ilog', 'fmt', *words])}\n{done.stdout}{done.stderr}-> {done.code}\n")
    check("fmt.txt", "\n".join(said))
