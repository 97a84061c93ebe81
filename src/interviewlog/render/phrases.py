"""Numbers in words, the same in every table."""


def many(number: int, word: str) -> str:
    """Say `1 note`, `2 notes`."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def days_ago(days: int) -> str:
    """Say how long ago a day was: today, yesterday, 5 days ago; in 2 days for one to come."""
    if days < 0:
        return f"in {many(-days, 'day')}"
    return ("today", "yesterday")[days] if days < 2 else f"{days} days ago"  # noqa: PLR2004


def days_later(days: float) -> str:
    """Say how long after the call something was done: the same day, 1 day later, 2.5 days later."""
    if days <= 0:
        return "the same day"
    return "1 day later" if days == 1 else f"{days:g} days later"


def hours(minutes: int) -> str:
    """Say how many hours so many minutes are, to a tenth."""
    return f"{minutes / 60:.1f}"
