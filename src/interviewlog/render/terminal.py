"""What people read in a terminal, as text: tables that fit its width, plain when piped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from interviewlog.insights.counting import LATE_DAYS
from interviewlog.insights.notices import Notice
from interviewlog.insights.reasons import Explanation
from interviewlog.insights.stats import Group, Row, Stats
from interviewlog.render.clean import clean
from interviewlog.render.data import week_labels
from interviewlog.render.grid import Cell, cut, draw, right, styled, width
from interviewlog.weeks import Week

MOST_WEEKS = 26
AWAY = "·"
MET = "✓"


@dataclass(frozen=True, slots=True)
class Screen:
    """How much room there is (0 columns: nothing is cut, as in a pipe) and whether colours show."""

    columns: int = 0
    colour: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What a table is true of: branch or revision, commit, and what the clone knows of the others' work."""

    branch: str = ""
    commit: str = ""
    fetched: str = ""
    behind: int = 0
    unshared: int = 0
    unsaved: int = 0


def stats(result: Stats, standing: Standing, notices: Sequence[Notice], screen: Screen) -> str:
    """Draw `ilog stats`: what it is true of, the table, its legend, who was heard, and what can be mended."""
    weeks = _fitting(result, screen)
    facts = [line for line in (heard(result), other_work(result)) if line]
    parts = [
        _lines(heading(result, standing), screen.columns),
        _table(result, weeks, screen),
        styled(_lines(_legend(result, weeks), screen.columns), "dim", colour=screen.colour),
        "\n".join(_lines(line.split(" · "), screen.columns) for line in facts),
        _mendable(result, standing, screen.columns),
        "\n".join(clean(f"Mind: {notice.message}") for notice in notices),
    ]
    return "\n\n".join(part for part in parts if part)


def heading(result: Stats, standing: Standing) -> list[str]:
    what = "Notes brought in per author and week" if result.basis == "commits" else "Interviews per PM and week"
    return [
        what,
        f"goal {result.goal}",
        *_standing(standing),
    ]


def _standing(standing: Standing) -> list[str]:
    words = []
    if standing.commit:
        where = f"{standing.branch or 'detached'} at {standing.commit[:7]}"
        words.append(f"{where}, fetched {standing.fetched}" if standing.fetched else where)
    else:
        words.append("nothing committed yet")
    if standing.behind:
        words.append(f"stale: {_many(standing.behind, 'commit')} behind, ilog stats --fetch")
    if standing.unshared:
        words.append(f"{_many(standing.unshared, 'note')} not shared: ilog sync")
    return words


def _lines(words: Iterable[str], columns: int) -> str:
    """Join words with a middle dot, beginning a new line where the terminal ends."""
    lines = [""]
    for word in words:
        joined = f"{lines[-1]} · {clean(word)}" if lines[-1] else clean(word)
        if lines[-1] and columns and width(joined) > columns:
            lines.append(clean(word))
        else:
            lines[-1] = joined
    return "\n".join(lines)


def _fitting(result: Stats, screen: Screen) -> tuple[Week, ...]:
    """Give the latest weeks that fit beside names and totals; all that a table shows at most when piped."""
    weeks = result.weeks[-MOST_WEEKS:]
    if not screen.columns:
        return weeks
    for shown in range(len(weeks), 1, -1):
        if _table_width(result, weeks[-shown:], screen) <= screen.columns:
            return weeks[-shown:]
    return weeks[-1:]


def _table_width(result: Stats, weeks: tuple[Week, ...], screen: Screen) -> int:
    text = _table(result, weeks, Screen(screen.columns))
    return max(width(line) for line in text.splitlines())


def _table(result: Stats, weeks: tuple[Week, ...], screen: Screen) -> str:
    is_narrow = bool(screen.columns) and screen.columns < NARROW
    marks = ["*" if week == result.current_week else " " for week in weeks]
    tail = [] if is_narrow else ["met", "streak", "last"]
    is_short = 0 < screen.columns < ROOMY
    labels = [right(label, "bold", mark) for label, mark in zip(week_labels(weeks), marks, strict=True)]
    head = [Cell("PM", "bold", tail=" "), *labels, right("total", "bold", " ")]
    head += [Cell(label, "bold") if label == "last" else right(label, "bold", " ") for label in tail]
    longest = 12 if is_narrow else 24
    rows = [head]
    rows += [_row(row, weeks, longest, is_narrow=is_narrow, is_short=is_short) for row in result.rows]
    if result.groups:
        rows += [
            [Cell()],
            [Cell(f"by {result.by}", "dim")],
            *(_group(group, weeks, longest) for group in result.groups),
            [Cell()],
        ]
    rows.append(_team(result, weeks, is_narrow=is_narrow))
    return draw(rows, colour=screen.colour, gap=1)


NARROW, ROOMY = 64, 100


def _row(row: Row, weeks: Sequence[Week], longest: int, *, is_narrow: bool, is_short: bool) -> list[Cell]:
    cells = [Cell(cut(clean(row.person.name), longest), tail=" ")]
    cells += [_count(row, week) for week in weeks]
    cells.append(right(str(row.total), "", " "))
    if is_narrow:
        return cells
    met = f"{row.weeks_met} of {row.weeks_active}" if row.weeks_active else "–"
    streak = str(row.streak) if row.streak else "–"
    return [*cells, right(met, "", " "), right(streak, "", " "), Cell(_last(row, is_short=is_short))]


def _count(row: Row, week: Week) -> Cell:
    number, paired = row.counts[week], row.paired_counts[week]
    text = f"{number}+{paired}" if paired else str(number)
    if week in row.met and week not in row.inactive and row.person.on_roster:
        return right(text, "green", MET)
    if week in row.inactive and not number and not paired:
        return right(AWAY, "dim", " ")
    return right(text, "", " ")


def _last(row: Row, *, is_short: bool) -> str:
    if row.days_since is None:
        return "never"
    when = f"{row.days_since}d" if is_short else days_ago(row.days_since)
    return f"{when}{' !' if row.is_quiet else ''}"


def days_ago(days: int) -> str:
    """Say how long ago a day was: today, yesterday, 5 days ago; in 2 days for one to come."""
    if days < 0:
        return f"in {_many(-days, 'day')}"
    return ("today", "yesterday")[days] if days < 2 else f"{days} days ago"  # noqa: PLR2004


def _group(group: Group, weeks: Sequence[Week], longest: int) -> list[Cell]:
    numbers = [right(str(group.counts[week]), "", " ") for week in weeks]
    return [Cell(cut(clean(group.key), longest), tail=" "), *numbers, right(str(group.total), "", " ")]


def _team(result: Stats, weeks: Sequence[Week], *, is_narrow: bool) -> list[Cell]:
    cells = [Cell("Team", "bold", tail=" ")]
    cells += [right(str(result.team[week]), "bold", " ") for week in weeks]
    cells.append(right(str(result.total), "bold", " "))
    if is_narrow:
        return cells
    return [*cells, Cell(attainment(result), "bold")]


def attainment(result: Stats) -> str:
    """Say how many met the goal in the last complete week of the table."""
    complete = [week for week in result.weeks if week < result.current_week]
    if not complete:
        return ""
    reached = result.attainment[complete[-1]]
    label = "last week" if complete[-1] == result.current_week - 1 else f"in {complete[-1]}"
    return f"{reached.met} of {reached.active} met {label}" if reached.active else ""


def _legend(result: Stats, weeks: Sequence[Week]) -> list[str]:
    rows = result.rows
    marks = [
        (result.current_week in weeks, "* so far"),
        (any(week in row.met and week not in row.inactive for row in rows for week in weeks), f"{MET} goal met"),
        (
            any(week in row.inactive and not row.counts[week] for row in rows for week in weeks),
            f"{AWAY} away or not in the team",
        ),
        (any(row.paired_counts[week] for row in rows for week in weeks), "0+1 paired"),
        (any(row.is_quiet for row in rows), "! over two weeks"),
    ]
    legend = [words for holds, words in marks if holds]
    if len(weeks) < len(result.weeks):
        legend.append(
            f"{_many(len(result.weeks) - len(weeks), 'earlier week')} not shown here, counted in total and met"
        )
    return legend


_KINDS = (
    ("customer", "customers"),
    ("prospect", "prospects"),
    ("lost", "lost"),
    ("former", "former"),
    ("non-customer", "non-customers"),
    ("partner", "partners"),
    ("unknown", "unknown"),
)


def heard(result: Stats) -> str:
    if result.basis == "commits" or not result.total:
        return ""
    found = [
        f"{label} {number}"
        for kind, label in _KINDS
        if (number := sum(row.relationships.get(kind, 0) for row in result.rows))
    ]
    users = sum(row.users for row in result.rows)
    return f"Heard: {' · '.join([*found, f'users in {users} of {result.total}'])}"


def other_work(result: Stats) -> str:
    kinds = (("listened in", "support_listen"), ("sales calls", "sales"), ("second-hand", "second_hand"))
    found = [f"{label} {number}" for label, key in kinds if (number := sum(getattr(row, key) for row in result.rows))]
    return f"Other work: {' · '.join(found)}" if found else ""


def _mendable(result: Stats, standing: Standing, columns: int) -> str:
    own = {"sales", "support-listen", "second-hand", "uncommitted"}
    rows = [
        (verdict.path, f"{verdict.reason}: {verdict.mend}")
        for verdict in result.not_counted
        if verdict.reason not in own
    ]
    one_line = draw([[Cell(path), Cell(mend)] for path, mend in rows]).splitlines()
    if columns and any(width(line) + 2 > columns for line in one_line):
        one_line = [line for path, mend in rows for line in (clean(path), f"  {clean(mend)}")]
    if standing.unsaved:
        verb = "is" if standing.unsaved == 1 else "are"
        one_line.append(f"{_many(standing.unsaved, 'note')} {verb} not committed: ilog save")
    return "\n".join(["Can be mended:", *(f"  {line}" for line in one_line)]) if one_line else ""


def _many(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


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
    return f"{_many(days, 'day')} after the call{', late' if days > LATE_DAYS else ''}"
