"""The reports of `ilog check`, as text."""

from collections.abc import Sequence

from interviewlog.insights.check import Report
from interviewlog.render.clean import clean
from interviewlog.render.grid import styled


def text(reports: Sequence[Report], *, colour: bool = False) -> str:
    """Give two lines per report: where and what, then the mend."""
    return "\n".join(_report(report, colour=colour) for report in reports)


def _report(report: Report, *, colour: bool) -> str:
    level = styled("error", "bold yellow", colour=colour) if report.is_error else "warning"
    where = f"{clean(report.path)}:{report.line}:{report.column}"
    return f"{where}: {level}: {clean(report.what)} [{report.code}]\n  {clean(report.mend)}"


def closing(reports: Sequence[Report]) -> str:
    """Give the last line: how many of which kind."""
    errors = sum(report.is_error for report in reports)
    warnings = len(reports) - errors
    if not reports:
        return "all notes are in order"
    parts = [f"{errors} error{'s' * (errors != 1)}"] if errors else []
    parts += [f"{warnings} warning{'s' * (warnings != 1)}"] if warnings else []
    return ", ".join(parts)
