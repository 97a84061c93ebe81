"""Personal data as reports: in what files say, in how they are named, and masked wherever a report shows it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from interviewlog.insights.known import Known
from interviewlog.insights.privacy import Leak, allowances, allowed_throughout, leaks, masked
from interviewlog.insights.report import LINE_END, Report, Severity

_LONGEST_LINE = 10_000  # characters; nobody reads on, and masking them takes a while


def in_text(path: str, text: str, known: Known) -> Iterator[Report]:
    """Report what must not enter git in a text, and what the text allows itself."""
    found = leaks(text, known)
    lines = LINE_END.split(text) if found else []
    for leak in found:
        yield _report(path, leak, lines[leak.line - 1])
    for each in allowances(text):
        yield Report(path, each.line, 1, "allowed", f"{each.kind} is allowed here: {each.reason}", "", "notice")


def in_name(path: str, text: str, known: Known) -> Iterator[Report]:
    """Report what the name of a file or folder gives away; a note's `text` may allow it."""
    name = path.rpartition("/")[2].encode("utf-8", "replace").decode()
    for leak in leaks(name, known, allowed_throughout(text)):
        what = f"the name holds {leak.what}"
        yield Report(path, 1, 1, _code(leak), what, "rename it with git mv: names stay in history too", _severity(leak))


def in_folder_names(paths: Iterable[str], root: str, known: Known) -> Iterator[Report]:
    """Report what the names of the folders below the root give away, in which these files lie."""
    folders = dict.fromkeys(path.rpartition("/")[0] for path in paths)
    seen: set[str] = set()
    for folder in folders:
        while folder.startswith(f"{root}/") and folder not in seen:
            seen.add(folder)
            yield from in_name(folder, "", known)
            folder = folder.rpartition("/")[0]  # noqa: PLW2901 - upwards to the root


class Veil:
    """Masks everything personal in what reports show, their paths included."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._again: dict[str, str] = {}  # paths and mends, which a file with a thousand findings has a thousand times

    def over(self, report: Report) -> Report:
        """Give a report of which nothing personal can be read."""
        path, mend = (self._once(text) for text in (report.path, report.mend))
        return replace(report, path=path, what=masked(report.what, self._known), mend=mend, **self._shown(report))

    def _once(self, text: str) -> str:
        if text not in self._again:
            self._again[text] = masked(text, self._known)
        return self._again[text]

    def _shown(self, report: Report) -> dict[str, Any]:
        """Give the source line masked and the place in it; nothing where masking leaves no such place."""
        source = report.source[:_LONGEST_LINE]
        if source and report.caret <= len(source) + 1:
            line, before = self._once(source), masked(source[: report.caret - 1], self._known)
            if line.startswith(before):
                return {"source": line, "caret": len(before) + 1}
        return {"source": "", "caret": 0}


def _report(path: str, leak: Leak, source: str) -> Report:
    caret = leak.column if leak.end > leak.start else 0
    return Report(
        path, leak.line, leak.column, _code(leak), leak.what, leak.mend, _severity(leak), source if caret else "", caret
    )


def _code(leak: Leak) -> str:
    return leak.kind if leak.kind.startswith("allow-") else f"leak-{leak.kind}"


def _severity(leak: Leak) -> Severity:
    return "error" if leak.is_error else "warning"
