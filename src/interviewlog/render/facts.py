"""The lines below the table of weeks: who was heard, how balanced that is, other work, and the notes themselves.

Every share stands with what it is a share of; what nobody wrote down is left out, not guessed.
"""

from interviewlog.insights.stats import Stats
from interviewlog.render.phrases import days_later, hours

LATE = "†"

_KINDS = (
    ("customer", "customers"),
    ("prospect", "prospects"),
    ("lost", "lost"),
    ("former", "former"),
    ("non-customer", "non-customers"),
    ("partner", "partners"),
    ("unknown", "unknown"),
)


def facts(result: Stats) -> list[str]:
    """Give the lines that have something to say, each a label and facts joined by middle dots."""
    lines = (
        ("Heard", _heard(result)),
        ("Mix", _mix(result)),
        ("Other work", _other(result)),
        ("Notes", _notes(result)),
    )
    return [f"{label}: {' · '.join(words)}" for label, words in lines if words]


def _heard(result: Stats) -> list[str]:
    found = result.figures
    if not found.companies:
        return []
    kinds = [f"{label} {number}" for kind, label in _KINDS if (number := found.relationships.get(kind, 0))]
    companies = "1 company" if found.companies == 1 else f"{found.companies} companies"
    return [*kinds, f"users in {found.users} of {result.total}", companies]


def _mix(result: Stats) -> list[str]:
    found = result.figures
    words = []
    if found.known:
        words.append(f"not customers {found.non_customers} of {found.known}")
        words.append(f"both in one PM's week {found.weeks_mixed} of {found.weeks_heard}")
    if found.sourced:
        silent = found.sources.get("unknown", 0)
        unknown = f" ({silent} do not say)" if silent else ""
        words.append(f"at first hand {found.sources.get('direct', 0)} of {found.sourced}{unknown}")
    return words


def _other(result: Stats) -> list[str]:
    found = result.figures
    kinds = (
        ("listened in", found.support_listen),
        ("sales calls", found.sales),
        ("second-hand", found.second_hand),
    )
    words = [f"{label} {number}" for label, number in kinds if number]
    return [*words, f"learning to sales {result.total} : {found.sales}"] if found.sales else words


def _notes(result: Stats) -> list[str]:
    found = result.figures
    words = []
    if found.minutes:
        without = f", +{found.notes_without_minutes} without length" if found.notes_without_minutes else ""
        words.append(f"{hours(found.minutes)} hours{without}")
        words.append(f"goal {result.goal_minutes} minutes per PM and week")
    if found.lag_median is not None:
        words.append(f"written down {days_later(found.lag_median)} (median of {found.lags})")
    if found.late:
        words.append(f"{found.late} over a week later {LATE}")
    return words
