"""The reports of `ilog check`, as text for people, and as annotations for GitHub."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from interviewlog.render import excerpt
from interviewlog.render.clean import as_it_is, clean
from interviewlog.render.grid import styled

if TYPE_CHECKING:
    from interviewlog.insights.report import Report, Severity

_STYLES: "dict[Severity, str]" = {"error": "bold yellow", "notice": "dim"}
_LONG = 20  # reports; of fewer the errors are seen at once
_SEVERITIES: "tuple[Severity, ...]" = ("error", "warning", "notice")


def text(reports: "Sequence[Report]", *, colour: bool = False) -> str:
    """Give for each report where and what, the line where its place is known, and the mend."""
    return "\n".join(line for report in reports for line in _lines(report, colour=colour))


def _lines(report: "Report", *, colour: bool) -> list[str]:
    level = styled(report.severity, _STYLES.get(report.severity, ""), colour=colour)
    where = f"{clean(report.path)}:{report.line}:{report.column}"
    shown = excerpt.lines(report.line, report.caret, report.source)
    below = [*shown, *filter(None, [clean(report.mend)])]
    return [f"{where}: {level}: {clean(report.what)} [{report.code}]", *(f"  {line}" for line in below)]


def github(reports: "Sequence[Report]") -> str:
    """Give a workflow command per report, which GitHub shows beside the line of a pull request."""
    return "\n".join(_command(report) for report in reports)


def _command(report: "Report") -> str:
    place = {"file": as_it_is(report.path), "line": str(report.line), "col": str(report.column), "title": report.code}
    properties = ",".join(f"{key}={_property(value)}" for key, value in place.items())
    message = "\n".join(filter(None, [clean(report.what), clean(report.mend)]))
    return f"::{report.severity} {properties}::{_data(message)}"


def _data(message: str) -> str:
    return message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def closing(reports: "Sequence[Report]") -> str:
    """Give the last line: how many of which kind, and of a long list where the first error is."""
    numbers = {each: sum(report.severity == each for report in reports) for each in _SEVERITIES}
    parts = [f"{number} {each}{'s' * (number != 1)}" for each, number in numbers.items() if number]
    first = next((report for report in reports if report.is_error), None) if len(reports) > _LONG else None
    where = f"; the first error: {clean(first.path)}:{first.line}:{first.column}" if first else ""
    return f"{', '.join(parts)}{where}" if parts else "all notes are in order"
