"""`ilog stats` as JSON and CSV. README names every key; keys never change their meaning, new ones may come."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from interviewlog.insights.figures import Figures
from interviewlog.insights.notices import Notice
from interviewlog.insights.rows import Row
from interviewlog.insights.stats import Stats
from interviewlog.render.data import table_csv
from interviewlog.weeks import Week

if TYPE_CHECKING:  # only --show-identities needs them
    from interviewlog.insights.identities import Identities


def as_json(
    result: Stats, commit: str | None, notices: Iterable[Notice], who: "Identities | None" = None
) -> dict[str, Any]:
    """Give the JSON of `ilog stats`; weeks are text such as 2026-W47, days ISO dates or null."""
    answer: dict[str, Any] = {
        "basis": result.basis,
        "at": commit,
        "goal": result.goal,
        "goals": _counts(result.goals),
        "goal_minutes": result.goal_minutes,
        "weeks": [str(week) for week in result.weeks],
        "current_week": str(result.current_week),
        "people": [_person(row) for row in result.rows],
        "team": {
            "counts": _counts(result.team),
            "total": result.total,
            "attainment": {str(w): {"met": a.met, "active": a.active} for w, a in result.attainment.items()},
            **_figures(result.figures),
        },
        "not_counted": [
            {
                "path": verdict.path,
                "pm": verdict.person.pm,
                "week": str(verdict.week) if verdict.week else None,
                "reason": verdict.reason,
                "mend": verdict.mend,
            }
            for verdict in result.not_counted
        ],
        "warnings": [{"code": notice.code, "message": notice.message} for notice in notices],
    }
    if result.groups is not None:
        answer["groups"] = [
            {"key": group.key, "counts": _counts(group.counts), "total": group.total} for group in result.groups
        ]
    if who:
        from interviewlog.render import identities

        answer["identities"] = identities.as_json(who)
    return answer


def _counts(counts: Mapping[Week, int]) -> dict[str, int]:
    return {str(week): number for week, number in counts.items()}


def _person(row: Row) -> dict[str, Any]:
    return {
        "pm": row.person.pm,
        "name": row.person.name,
        "email": row.person.email,
        "on_roster": row.person.on_roster,
        "counts": _counts(row.counts),
        "total": row.total,
        "goals": _counts(row.goals),
        "met": [str(week) for week in row.counts if row.is_met(week)],
        "weeks_met": row.weeks_met,
        "weeks_active": row.weeks_active,
        "streak": row.streak,
        "last": row.last.isoformat() if row.last else None,
        "days_since": row.days_since,
        "paired": row.paired,
        "paired_counts": {week: number for week, number in _counts(row.paired_counts).items() if number},
        "observed": row.observed,
        "away": [str(week) for week in sorted(row.away)],
        **_figures(row.figures),
    }


def _figures(found: Figures) -> dict[str, Any]:
    """Give what a person's notes of the window, or the team's, amount to; each share with what it is a share of."""
    return {
        "minutes": found.minutes,
        "notes_without_minutes": found.notes_without_minutes,
        "late": found.late,
        "lags": found.lags,
        "lag_median": found.lag_median,
        "sales": found.sales,
        "support_listen": found.support_listen,
        "second_hand": found.second_hand,
        "sources": dict(found.sources),
        "relationships": dict(found.relationships),
        "relationships_known": found.known,
        "customers": found.relationships.get("customer", 0),
        "non_customers": found.non_customers,
        "weeks_heard": found.weeks_heard,
        "weeks_mixed": found.weeks_mixed,
        "companies": found.companies,
        "users": found.users,
    }


def as_csv(result: Stats) -> str:
    """Give the long table `pm,name,email,week,count`, a line per person and week, zeros too.

    With `--by`, a line per group and week instead: `product,week,count`.
    """
    if result.groups is not None:
        grouped = [(each.key, str(week), str(each.counts[week])) for each in result.groups for week in result.weeks]
        return table_csv((result.by, "week", "count"), grouped)
    lines = [
        (row.person.pm, row.person.name, row.person.email or "", str(week), str(row.counts[week]))
        for row in result.rows
        for week in result.weeks
    ]
    return table_csv(("pm", "name", "email", "week", "count"), lines)
