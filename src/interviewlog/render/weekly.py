"""The table of weeks: a row per PM, as many weeks as fit, plain when piped.

Levels are absolute, 0, 1, 2, 3 and more, and the same for everybody; the digit says what the colour says. Where a
terminal is wide, weeks for which there is no column stand in a strip of bars to the left of the others.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from interviewlog.insights.people import Person
from interviewlog.insights.rows import Row
from interviewlog.insights.stats import Group, Stats
from interviewlog.render.clean import clean
from interviewlog.render.data import week_labels
from interviewlog.render.facts import LATE
from interviewlog.render.grid import Cell, Screen, cut, draw, right, width
from interviewlog.render.phrases import days_ago, hours, many
from interviewlog.weeks import Week

MOST_WEEKS = 26
NARROW, ROOMY, WIDE = 64, 100, 110
AWAY = "·"
MET = "✓"
BARS = "▁▂▄█"
STYLES = ("", "green", "bold green", "reverse green")


@dataclass(frozen=True, slots=True)
class Layout:
    """What of a table is shown: weeks with a column each, the `earlier` ones that get a bar, and further columns."""

    weeks: tuple[Week, ...]
    earlier: tuple[Week, ...] = ()
    is_narrow: bool = False  # without met, streak and last
    is_short: bool = False
    has_hours: bool = False


def layout(result: Stats, screen: Screen) -> Layout:
    """Give the latest weeks that fit beside names and totals; all that a table shows at most when piped."""
    weeks = result.weeks[-MOST_WEEKS:]
    is_wide = not screen.columns or screen.columns >= WIDE
    bare = Layout(
        weeks[-1:],
        is_narrow=0 < screen.columns < NARROW,
        is_short=0 < screen.columns < ROOMY,
        has_hours=is_wide and result.figures.minutes > 0,
    )
    for shown in range(len(weeks), 0, -1):
        found = replace(bare, weeks=weeks[-shown:], earlier=weeks[:-shown] if is_wide else ())
        if not screen.columns or _width(result, found) <= screen.columns:
            return found
    return bare


def _width(result: Stats, what: Layout) -> int:
    return max(width(line) for line in table(result, what).splitlines())


def table(result: Stats, what: Layout, *, colour: bool = False) -> str:
    """Draw the table: its head, the rows, the groups of `--by`, and the team."""
    names = labels(result)
    rows = [_head(result, what), *(_row(names[row.person.pm], row, what) for row in result.rows)]
    if result.groups:
        groups = (_group(group, what) for group in result.groups)
        rows += [[Cell()], [Cell(f"by {result.by}", "dim")], *groups, [Cell()]]
    rows.append(_team(result, what))
    return draw(rows, colour=colour, gap=1)


def legend(result: Stats, what: Layout) -> list[str]:
    """Say what the marks mean that the table has."""
    rows, weeks = result.rows, what.weeks
    away = any(_is_away(row, week) for row in rows for week in (*what.earlier, *weeks))
    marks = (
        (result.current_week in weeks, "* so far"),
        (any(row.is_met(week) for row in rows for week in weeks), f"{MET} goal met"),
        (away, f"{AWAY} away or not in the team"),
        (any(row.paired_counts[week] for row in rows for week in weeks), "0+1 paired"),
        (any(row.figures.late for row in rows), f"{LATE} some written down over a week later"),
        (any(row.is_quiet for row in rows) and not what.is_narrow, "! over two weeks"),
        (bool(what.earlier), f"{BARS} 0, 1, 2, 3 or more"),
    )
    unseen = len(result.weeks) - len(weeks) - len(what.earlier)
    hidden = [f"{many(unseen, 'earlier week')} not shown here, counted in total and met"] if unseen else []
    return [*(words for holds, words in marks if holds), *_own_goals(result), *hidden]


def _own_goals(result: Stats) -> list[str]:
    last = result.weeks[-1]
    own = [(row.person.name, goal) for row in result.rows if (goal := row.goals.get(last, result.goal)) != result.goal]
    return [f"goal {goal} for {clean(name)}" for name, goal in own]


def attainment(result: Stats) -> str:
    """Say how many met the goal in the last complete week of the table."""
    complete = [week for week in result.weeks if week < result.current_week]
    if not complete:
        return ""
    reached = result.attainment[complete[-1]]
    label = "last week" if complete[-1] == result.current_week - 1 else f"in {complete[-1]}"
    return f"{reached.met} of {reached.active} met {label}" if reached.active else ""


def labels(result: Stats) -> dict[str, str]:
    """Give each person's name, by pm; where two have the same one, with the handle, or the e-mail in its place."""
    people = [row.person for row in result.rows]
    everybody = Counter(person.name.casefold() for person in people)
    roster = Counter(person.name.casefold() for person in people if person.on_roster)
    return {person.pm: _label(person, everybody, roster) for person in people}


def _label(person: Person, everybody: Mapping[str, int], roster: Mapping[str, int]) -> str:
    name = person.name.casefold()
    if everybody[name] == 1 or (person.on_roster and roster[name] == 1):
        return person.name
    return f"{person.name} ({person.pm})" if person.on_roster else person.pm


def count(row: Row, week: Week) -> tuple[str, str]:
    """Give what stands in a week's cell, and the mark behind it: `2` and `✓`, `0+1`, `·` where no goal held."""
    number, paired = row.counts[week], row.paired_counts[week]
    if _is_away(row, week):
        return AWAY, ""
    return f"{number}+{paired}" if paired else str(number), MET if row.is_met(week) else ""


def met(row: Row) -> str:
    """Say in how many of the weeks with a goal it was met: it stands before the streak, which one bad week ends."""
    return f"{row.weeks_met} of {row.weeks_active}" if row.weeks_active else "–"


def _is_away(row: Row, week: Week) -> bool:
    return week not in row.goals and not row.counts[week] and not row.paired_counts[week]


def _head(result: Stats, what: Layout) -> list[Cell]:
    marks = ["*" if week == result.current_week else " " for week in what.weeks]
    labels = [right(label, "bold", mark) for label, mark in zip(week_labels(what.weeks), marks, strict=True)]
    cells = [Cell("PM", "bold", tail=" "), *_strip(what, _span(what.earlier), "bold"), *labels]
    numbers = ["total", *(["hours"] if what.has_hours else []), *([] if what.is_narrow else ["met", "streak"])]
    cells += [right(label, "bold", " ") for label in numbers]
    return cells if what.is_narrow else [*cells, Cell("last", "bold")]


def _span(weeks: Sequence[Week]) -> str:
    """Name weeks by the first and the last: `W22–W38`, with their years where those differ."""
    if not weeks:
        return ""
    first, last = weeks[0], weeks[-1]
    years = [f"{week.year % 100:02d}" if first.year != last.year else "" for week in (first, last)]
    names = [f"{year}W{week.number:02d}" for year, week in zip(years, (first, last), strict=True)]
    return "–".join(dict.fromkeys(names))


def _strip(what: Layout, text: str, style: str = "") -> list[Cell]:
    """Give the field to the left of the weeks, if the table has it."""
    return [right(text, style, " ")] if what.earlier else []


def _row(name: str, row: Row, what: Layout) -> list[Cell]:
    cells = [_name(name, what), *_strip(what, "".join(_bar(row, week) for week in what.earlier))]
    cells += [_cell(row, week) for week in what.weeks]
    cells.append(right(str(row.total), "", LATE if row.figures.late else " "))
    if what.has_hours:
        cells.append(right(hours(row.figures.minutes) if row.figures.minutes else "–", "", " "))
    if what.is_narrow:
        return cells
    streak = str(row.streak) if row.streak else "–"
    return [*cells, right(met(row), "", " "), right(streak, "", " "), Cell(_last(row, is_short=what.is_short))]


def _name(name: str, what: Layout) -> Cell:
    return Cell(cut(clean(name), 12 if what.is_narrow else 24), tail=" ")


def _cell(row: Row, week: Week) -> Cell:
    text, mark = count(row, week)
    return right(text, "dim" if text == AWAY else STYLES[_level(row.counts[week])], mark or " ")


def _bar(row: Row, week: Week) -> str:
    return AWAY if _is_away(row, week) else BARS[_level(row.counts[week])]


def _level(number: int) -> int:
    return min(number, len(BARS) - 1)


def _last(row: Row, *, is_short: bool) -> str:
    if row.days_since is None:
        return "never"
    when = f"{row.days_since}d" if is_short else days_ago(row.days_since)
    return f"{when}{' !' if row.is_quiet else ''}"


def _group(group: Group, what: Layout) -> list[Cell]:
    numbers = [right(str(group.counts[week]), "", " ") for week in what.weeks]
    return [_name(group.key, what), *_strip(what, ""), *numbers, right(str(group.total), "", " ")]


def _team(result: Stats, what: Layout) -> list[Cell]:
    cells = [Cell("Team", "bold", tail=" "), *_strip(what, "")]
    cells += [right(str(result.team[week]), "bold", " ") for week in what.weeks]
    cells.append(right(str(result.total), "bold", " "))
    if what.has_hours:
        cells.append(right(hours(result.figures.minutes), "bold", " "))
    return cells if what.is_narrow else [*cells, Cell(attainment(result), "bold")]
