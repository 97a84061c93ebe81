"""One line of `ilog check`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

Severity: TypeAlias = Literal["error", "warning", "notice"]
LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Report:
    """What is amiss at a place. Lines and columns count from 1.

    Errors make `ilog check` exit 1, warnings do not; a notice is what was allowed on purpose. Where the place within
    the line is known, `source` is that line, as it may be shown, and `caret` the column in it.
    """

    path: str
    line: int
    column: int
    code: str
    what: str
    mend: str
    severity: Severity = "warning"
    source: str = ""
    caret: int = 0

    @property
    def is_error(self) -> bool:
        return self.severity == "error"


def with_source(report: Report, lines: Sequence[str]) -> Report:
    """Give a report with its line of the file, where it says at which place in that line."""
    if report.source or report.column == 1 or report.line > len(lines):
        return report
    return replace(report, source=lines[report.line - 1], caret=report.column)
