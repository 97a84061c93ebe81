"""Entries of git's index, or of a commit, as files to be checked."""

from collections.abc import Callable, Iterator, Sequence

from interviewlog.lineage import is_note
from interviewlog.rootfile import Form, RootFile, Stock, is_hidden
from interviewlog.store.folder import Folder
from interviewlog.store.git import TreeEntry
from interviewlog.store.trees import template_at

UNMERGED = "unmerged"
"""What stands for the mode of an index entry that has several versions: sides of a merge that nobody has settled."""

_FORMS: dict[str, Form] = {"120000": "link", "160000": "repository", UNMERGED: "unmerged"}


def committed(folder: Folder, is_wanted: Callable[[str], bool]) -> Stock:
    """Give what HEAD has under the root, for a repository without a work tree; nothing before the first commit."""
    head = folder.git.head()
    if not head:
        return Stock((), (), (), frozenset())
    found = folder.git.tree(head, folder.root)
    wanted = [each for each in found if is_wanted(each.path)]
    others = [e for e in found if not is_wanted(e.path) and is_note(e.mode, e.path, folder.root)]
    names = tuple(each.path for each in found)
    return Stock(files_of(folder, wanted), files_of(folder, others), names, template_at(folder.git, head))


def files_of(folder: Folder, entries: Sequence[TreeEntry]) -> Iterator[RootFile]:
    """Yield entries as files with what they hold; one git process gives the contents as they are asked for."""
    held = folder.git.blobs(each.blob for each in entries if _has_content(each))
    content = next(held, None)
    for each in entries:
        form, raw = _FORMS.get(each.mode, "file"), b""
        if _has_content(each):
            if content and content[0] == each.blob:
                raw, content = content[1], next(held, None)
            else:
                form = "unreadable"  # a partial clone does not have it
        yield RootFile(each.path, form, raw, folder.is_note(each.path), is_hidden(each.path, folder.root))


def _has_content(entry: TreeEntry) -> bool:
    return entry.mode not in {"160000", UNMERGED}
