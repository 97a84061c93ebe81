"""Who is meant by a name and e-mail: `.mailmap`, asked through git so that its rules are git's own."""

import re
from collections.abc import Callable, Iterable

Person = tuple[str, str]

_AMBIGUOUS = re.compile(r"[<>\0\n\r]")
_ANSWER = re.compile(r"(?:(.*) )?<([^<>]*)>", re.DOTALL)


def identities(ask: Callable[[bytes], bytes | None], pairs: Iterable[Person]) -> dict[Person, Person]:
    """Map each (name, e-mail) to the one that is meant.

    `ask` hands lines to `git check-mailmap --stdin`; git gives up on all of them (None) for one that it cannot
    parse. Whoever git cannot be asked about, or refuses, stands for themselves.
    """
    people = list(dict.fromkeys(pairs))
    sane = [person for person in people if not _AMBIGUOUS.search("".join(person))]
    found = {person: person for person in people}
    answer = _ask(ask, sane)
    if answer is not None:
        return found | dict(zip(sane, answer, strict=True))
    for person in sane:
        found[person] = (_ask(ask, [person]) or [person])[0]
    return found


def _ask(ask: Callable[[bytes], bytes | None], people: list[Person]) -> list[Person] | None:
    """Ask about all of `people` at once; None unless there is one answer for each."""
    if not people:
        return []
    lines = "".join(f"{name} <{email}>\n" if name else f"<{email}>\n" for name, email in people)
    answer = ask(lines.encode("utf-8", "surrogateescape"))
    if answer is None:
        return None
    told = [_ANSWER.fullmatch(line) for line in answer.decode("utf-8", "surrogateescape").split("\n")[:-1]]
    known = [(match[1] or "", match[2]) for match in told if match]
    return known if len(known) == len(people) else None
