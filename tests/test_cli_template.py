"""`ilog template` and `ilog guide`."""

from cli import Team


def test_the_templates_are_listed_the_types_first(team):
    assert team.run("template", "list").lines == [
        "learning        shipped", "win-loss        shipped", "site-visit      shipped", "support-listen  shipped",
        "sales           shipped",
    ]  # fmt: skip
    assert team.run("template").stdout == team.run("template", "list").stdout
    team.repo.write({"templates/notes/learning.md": "# x\n", "templates/notes/diary.md": "# y\n"})
    assert {"learning        team", "diary           team"} <= set(team.run("template", "list").lines)


def test_a_template_is_shown_as_it_is(team):
    done = team.run("template", "show", "win-loss")
    assert (done.code, done.lines[0]) == (0, "# {{ customer }}")


def test_a_new_template_is_a_copy_in_the_teams_folder_and_is_used(team):
    done = team.run("template", "new", "learning")
    assert (done.code, done.stdout) == (0, "templates/notes/learning.md\n")
    assert "git add templates/notes/learning.md" in done.stderr
    team.repo.write({"templates/notes/learning.md": "# Ours\n"})
    assert team.read(team.run("new", "Acme").stdout.strip()).endswith("---\n# Ours\n")
    assert team.run("template", "new", "diary", "--from", "sales").code == 0
    assert team.run("template", "show", "diary").stdout == team.run("template", "show", "sales").stdout


def test_a_template_is_never_overwritten_and_a_wrong_name_is_refused(team):
    team.run("template", "new", "diary")
    assert team.run("template", "new", "diary").code == 73
    assert team.run("template", "new", "../x").code == 2
    assert team.run("template", "new", "x", "--from", "nothing").code == 2
    done = team.run("template", "show", "lerning")
    assert (done.code, "did you mean learning?" in done.stderr) == (2, True)


def test_outside_any_folder_the_shipped_ones_are_there(team, tmp_path):
    for args in (["template", "list"], ["template", "show", "sales"], ["guide"]):
        assert team.run(*args, start=tmp_path).code == 0
    assert team.run("template", "new", "x", start=tmp_path).code == 78


def test_the_guide_is_markdown_when_piped_and_drawn_on_a_terminal(team):
    piped = team.run("guide").stdout
    assert piped.startswith("# ")
    assert "\x1b" not in piped
    shown = team.run("guide", columns=60, plain=True).stdout
    assert "\x1b[3" not in shown
    assert max(map(len, shown.splitlines())) <= 60
    assert not shown.lstrip().startswith("# ")


def test_in_a_bare_repository_no_template_is_made(team, tmp_path):
    Team.start(tmp_path / "other").repo.git("clone", "-q", "--bare", str(team.top), str(tmp_path / "bare.git"))
    bare = ("--repo", str(tmp_path / "bare.git"))
    assert team.run("template", "list", *bare).code == 0
    assert team.run("template", "new", "x", *bare).code == 78
    assert not (tmp_path / "bare.git" / "templates").exists()
