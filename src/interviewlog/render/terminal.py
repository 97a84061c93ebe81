"""What people read in a terminal, as text: tables that fit its width, plain when piped."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from interviewlog.insights.counting import LATE_DAYS
from interviewlog.insights.notices import Notice
from interviewlog.insights.reasons import Explanation
from interviewlog.insights.stats import Stats
from interviewlog.render import weekly
from interviewlog.render.clean import clean
from interviewlog.render.facts import facts
from interviewlog.render.grid import Cell, Screen, draw, styled, width
from interviewlog.render.phrases import many

MOST_MENDS = 12


class Standing(NamedTuple):
    """What a table is true of: branch or revision, commit, and what the clone knows of the others' work."""

    branch: str = ""
    commit: str = ""
    fetched: str = ""
    behind: int = 0
    unshared: int = 0
    unsaved: int = 0


def stats(result: Stats, standing: Standing, notices: Sequence[Notice], screen: Screen) -> str:
    """Draw `ilog stats`: what it is true of, the table, its legend, who was heard, and what can be mended."""
    what = weekly.layout(result, screen)
    parts = [
        _lines(heading(result, standing), screen.columns),
        weekly.table(result, what, colour=screen.colour),
        styled(_lines(weekly.legend(result, what), screen.columns), "dim", colour=screen.colour),
        "\n".join(_lines(line.split(" · "), screen.columns, "  ") for line in facts(result)),
        _mendable(result, standing, screen.columns),
        "\n".join(clean(f"Mind: {notice.message}") for notice in notices),
    ]
    return "\n\n".join(part for part in parts if part)


def first_look(result: Stats, screen: Screen) -> str:
    """Draw the table alone, with what it cannot know yet."""
    said = ["A first look", "streaks, last talks and who brought notes in follow with the history, which is being read"]
    table = weekly.table(result, replace(weekly.layout(result, screen), is_narrow=True), colour=screen.colour)
    return f"{_lines(said, screen.columns)}\n\n{table}\n"


def heading(result: Stats, standing: Standing) -> list[str]:
    what = "Notes brought in per author and week" if result.basis == "commits" else "Interviews per PM and week"
    return [what, f"goal {result.goal}{_before(result)}", *_standing(standing)]


def _before(result: Stats) -> str:
    """Say which goals held earlier in the table: an old week is judged by the goal of its time."""
    turns = [week for week in result.weeks[:-1] if result.goals[week] != result.goals[week + 1]]
    earlier = ", ".join(f"{result.goals[week]} until {week}" for week in reversed(turns))
    return f" ({earlier})" if earlier else ""


def _standing(standing: Standing) -> list[str]:
    words = []
    if standing.commit:
        where = f"{standing.branch or 'detached'} at {standing.commit[:7]}"
        words.append(f"{where}, fetched {standing.fetched}" if standing.fetched else where)
    else:
        words.append("nothing committed yet")
    if standing.behind:
        words.append(f"stale: {many(standing.behind, 'commit')} behind, ilog stats --fetch")
    if standing.unshared:
        words.append(f"{many(standing.unshared, 'note')} not shared: ilog sync")
    return words


def _lines(words: Iterable[str], columns: int, indent: str = "") -> str:
    """Join words with a middle dot, beginning a new line where the terminal ends."""
    lines = [""]
    for word in words:
        joined = f"{lines[-1]} · {clean(word)}" if lines[-1] else clean(word)
        if lines[-1] and columns and width(joined) > columns:
            lines.append(indent + clean(word))
        else:
            lines[-1] = joined
    return "\n".join(lines)


def _mendable(result: Stats, standing: Standing, columns: int) -> str:
    own = {"sales", "support-listen", "second-hand", "uncommitted"}
    rows = [
        (verdict.path, f"{verdict.reason}: {verdict.mend}")
        for verdict in result.not_counted
        if verdict.reason not in own
    ]
    shown = rows[:MOST_MENDS]
    one_line = draw([[Cell(path), Cell(mend)] for path, mend in shown]).splitlines()
    if columns and any(width(line) + 2 > columns for line in one_line):
        one_line = [line for path, mend in shown for line in (clean(path), f"  {clean(mend)}")]
    if len(rows) > len(shown):
        one_line.append(f"and {many(len(rows) - len(shown), 'more note')}: ilog stats --explain")
    if standing.unsaved:
        verb = "is" if standing.unsaved == 1 else "are"
        one_line.append(f"{many(standing.unsaved, 'note')} {verb} not committed: ilog save")
    return "\n".join(["Can be mended:", *(f"  {line}" for line in one_line)]) if one_line else ""


def explained(rule: str, result: Stats) -> str:
    """Give the counting rule, and the reason of each note of the window that is not counted."""
    rows = [[Cell(verdict.path), Cell(verdict.reason), Cell(verdict.mend)] for verdict in result.not_counted]
    reasons = draw(rows) if rows else "every note of these weeks counts"
    return f"\n{rule}\nNot counted in these weeks:\n{reasons}"


def why(answer: Explanation) -> str:
    """Say of one note whether it counts, for whom, and what would mend it."""
    verdict = answer.verdict
    lines = [clean(verdict.path), counts_line(answer)]
    lines.append(f"for {clean(verdict.person.name)}{_seconds(answer)}")
    if verdict.lag is not None and verdict.is_counted:
        lines.append(f"came in {_lag(verdict.lag)}")
    return "\n".join(lines)


def counts_line(answer: Explanation) -> str:
    """Give the line that ends `ilog new`: `counts for 2026-W47: yes, 1 of 1`, or no with the mend."""
    verdict = answer.verdict
    label = f"counts for {verdict.week}" if verdict.week else "counts"
    if verdict.is_counted:
        return f"{label}: yes, {answer.done} of {answer.goal}"
    mend = f"; to mend it: {clean(verdict.mend)}" if verdict.mend else ""
    return f"{label}: no: {verdict.reason}, {answer.meaning}{mend}"


def _seconds(answer: Explanation) -> str:
    second = answer.verdict.second
    return f", paired with {clean(second.name)}" if second else ""


def _lag(days: int) -> str:
    if days < 1:
        return "on the day of the call" if days == 0 else "before the day it names"
    return f"{many(days, 'day')} after the call{', late' if days > LATE_DAYS else ''}"
