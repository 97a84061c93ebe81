"""What a refusal has to leave as it was, and ways to be refused; and counts to compare."""

import json

from cli import Team


def counts(team: Team, *flags: str) -> dict:
    """Give what is counted, and of what notes, without the commit it is true of."""
    told = json.loads(team.run("stats", "--json", "--weeks", "all", *flags).stdout)
    return {key: value for key, value in told.items() if key != "at"}


def state(team: Team) -> tuple[str, str, list[str], dict[str, bytes]]:
    """Give HEAD, the index, the status and every file: all that a refusal has to leave as it was."""
    files = {
        str(path): path.read_bytes()
        for path in sorted(team.top.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    }
    return team.repo.head, team.repo.git("ls-files", "-s"), team.repo.status(), files


def refusing(team: Team, how: str) -> int:
    """Make the next commit impossible in some way; gives the exit code that is due."""
    git = team.repo.git
    if how == "hook":
        team.repo.hook("pre-commit", "echo no such customers >&2; exit 1")
        return 1
    if how == "detached":
        git("checkout", "-q", "--detach")
        return 78
    if how == "nobody":
        team.be(None)
        return 78
    if how == "locked":
        (team.top / ".git" / "index.lock").write_text("")
        return 75
    if how == "ignored":
        (team.top / ".git" / "info" / "exclude").write_text("zeta*\n")
        return 78
    (team.top / ".git" / {"rebase": "rebase-merge", "merge": "MERGE_HEAD"}[how]).mkdir()
    return 75
