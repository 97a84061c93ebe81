"""Personal data as reports: in what files say, and in how they are named. `veil` masks what reports show."""

from collections.abc import Iterable, Iterator
from shlex import quote

from interviewlog.insights.known import Known
from interviewlog.insights.privacy import Leak, allowances, allowed_throughout, leaks
from interviewlog.insights.report import LINE_END, Report, Severity


def in_text(path: str, text: str, known: Known) -> Iterator[Report]:
    """Report what must not enter git in a text, and what the text allows itself."""
    found = leaks(text, known)
    lines = LINE_END.split(text) if found else []
    is_markdown = path.lower().endswith(".md")  # nowhere else is a comment known
    for each_leak in found:
        leak = each_leak if is_markdown else each_leak._replace(allow="")
        yield _report(path, leak, lines[leak.line - 1])
    for each in allowances(text):
        yield Report(path, each.line, 1, "allowed", f"{each.kind} is allowed here: {each.reason}", "", "notice")


def in_name(path: str, text: str, known: Known) -> Iterator[Report]:
    """Report what the name of a file or folder gives away; a note's `text` may allow it."""
    folder, _, last = path.rpartition("/")
    name = last.encode("utf-8", "replace").decode()
    for leak in leaks(name, known, allowed_throughout(text)):
        what = f"its path holds {leak.what}, and is masked here"
        mend = f"find it with ls {quote(folder)}, and rename it with git mv: names stay in history too"
        yield Report(path, 1, 1, _code(leak), what, mend, _severity(leak))


def in_folder_names(paths: Iterable[str], root: str, known: Known) -> Iterator[Report]:
    """Report what the names of the folders below the root give away, in which these files lie."""
    folders = dict.fromkeys(path.rpartition("/")[0] for path in paths)
    seen: set[str] = set()
    for folder in folders:
        while folder.startswith(f"{root}/") and folder not in seen:
            seen.add(folder)
            yield from in_name(folder, "", known)
            folder = folder.rpartition("/")[0]  # noqa: PLW2901 - upwards to the root


def _report(path: str, leak: Leak, source: str) -> Report:
    caret = leak.column if leak.end > leak.start else 0
    return Report(
        path, leak.line, leak.column, _code(leak), leak.what, leak.mend, _severity(leak), source if caret else "", caret
    )


def _code(leak: Leak) -> str:
    return leak.kind if leak.kind.startswith("allow-") else f"leak-{leak.kind}"


def _severity(leak: Leak) -> Severity:
    return "error" if leak.is_error else "warning"
