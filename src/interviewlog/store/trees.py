"""What the trees of commits hold below the root: notes, other files, templates; and what changed between two."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from interviewlog.lineage import is_note
from interviewlog.store import templates
from interviewlog.store.git import Git, TreeEntry
from interviewlog.store.scenes import Scene

MOST_TEMPLATES = 200


def template_name(git: Git, commit: str) -> str:
    """Name the team's own templates as of a commit by git's id of them all; "" without any."""
    spec = f"{commit}:{templates.TEAM_DIR}"
    return (git.try_read("rev-parse", "-q", "--verify", "--end-of-options", spec) or b"").decode().strip()


def template_at(git: Git, commit: str) -> frozenset[str]:
    """Collect the lines of the templates as of a commit: one commit gives one count everywhere."""
    return template_of(git, git.tree(commit, templates.TEAM_DIR))


def template_of(git: Git, entries: Iterable[TreeEntry]) -> frozenset[str]:
    """Collect the lines of the shipped templates, and of the team's own, which are these entries."""
    own = [each for each in entries if each.path.endswith(".md")]
    team = [content for _, content in git.blobs(each.blob for each in own if len(own) < MOST_TEMPLATES)]
    lines = [templates.own_lines(each.decode(errors="replace")) for each in team if len(each) <= templates.LARGEST]
    return templates.shipped_lines().union(*lines)


def files_at(scene: Scene) -> tuple[dict[str, str], list[TreeEntry]]:
    """List the notes of a commit, path to blob, and what else lies below the root."""
    entries = scene.git.tree(scene.commit, scene.root)
    notes = {each.path: each.blob for each in entries if is_note(each.mode, each.path, scene.root)}
    return notes, [each for each in entries if each.path not in notes]


@dataclass(slots=True)
class Moves:
    """What went and what came between two commits; a note that changed did both. `come` maps paths to blobs."""

    gone: list[str] = field(default_factory=list)
    come: dict[str, str] = field(default_factory=dict)
    gone_strays: list[str] = field(default_factory=list)
    come_strays: list[TreeEntry] = field(default_factory=list)


def changed_files(scene: Scene, old: str) -> Moves:
    """Compare the trees of two commits below the root."""
    moves = Moves()
    for before, after in scene.git.tree_changes(old, scene.commit, scene.root):
        if before:
            is_one = is_note(before.mode, before.path, scene.root)
            (moves.gone if is_one else moves.gone_strays).append(before.path)
        if after and is_note(after.mode, after.path, scene.root):
            moves.come[after.path] = after.blob
        elif after:
            moves.come_strays.append(after)
    return moves
