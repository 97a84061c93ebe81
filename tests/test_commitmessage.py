"""Which of a commit message git keeps: as git itself says, and without the lines by which colleagues sign."""

import pytest

from gitrepo import Repo
from interviewlog.commitmessage import kept

CUT = " ------------------------ >8 ------------------------"


def lines(text: str, comment: str = "#") -> list[str]:
    return [line for line in kept(text, comment).split("\n") if line]


def test_comments_are_left_out_and_what_stands_below_the_scissors():
    text = f"subject\n\nbody #1\n# a comment\n#{CUT}\ndiff --git a/x\n+jane\n"
    assert lines(text) == ["subject", "body #1"]
    assert lines(text, ";") == ["subject", "body #1", "# a comment", f"#{CUT}", "diff --git a/x", "+jane"]
    assert "# a comment" in lines(text, "")
    assert lines(f"a\n{CUT}\nb\n", "") == ["a", CUT, "b"]


def test_lines_keep_their_numbers():
    assert kept("a\r\n# b\r\nc\n", "#").split("\n") == ["a", "", "c", ""]


def test_a_comment_sign_may_be_several():
    assert lines(f"a\n//b\n/c\n//{CUT}\nd\n", "//") == ["a", "/c"]


@pytest.mark.parametrize("sign", [";", "#", "|"])
def test_a_sign_that_git_chose_is_the_one_of_its_last_words(sign):
    assert lines(f"a\n{sign} Please enter\n{sign}\n", "auto") == ["a"]
    assert lines("a\n#12 is kept\nb\n", "auto") == ["a", "#12 is kept", "b"]
    assert lines("", "auto") == []


@pytest.mark.parametrize("trailer", ["Signed-off-by", "Co-authored-by", "reviewed-by"])
def test_colleagues_may_sign_and_nobody_else(trailer):
    assert lines(f"a\n\n{trailer}: Ada <ada@example.com>\n") == ["a"]
    assert lines("a\n\nRequested-by: Jane <jane@acme.com>\n") == ["a", "Requested-by: Jane <jane@acme.com>"]


@pytest.mark.parametrize(
    "text", ["a\n\nb\n# c\n", f"a\n#{CUT}\nb\n", "#a\n# b\n\nc # d\n", f"a\n #{CUT}\nb\n", f"a\n#{CUT} \nb\n"]
)
def test_it_is_what_git_keeps_of_an_edited_message(tmp_path, text):
    repo = Repo(tmp_path / "repo")
    (repo.top / "m").write_text(text)
    editor = f"cp {repo.top}/m"
    repo.git("commit", "-q", "--allow-empty", "--cleanup=scissors", env={"GIT_EDITOR": editor, "GIT_AUTHOR_NAME": "a",
             "GIT_AUTHOR_EMAIL": "a@example.com", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.com"})  # fmt: skip
    with_scissors = [line for line in repo.git("log", "-1", "--format=%B").split("\n") if line]
    # Scissors keep comments, and `strip` keeps what lies below: here both are left out, as a hook cannot know which it is.
    assert lines(text) == [line.rstrip() for line in with_scissors if not line.startswith("#")]
