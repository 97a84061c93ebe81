"""One person against the goal: in which weeks it held, in which it was met, and for how long in a row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from interviewlog.config import Config, Pm
from interviewlog.insights.people import Person
from interviewlog.weeks import Week, first_whole_week

FIRST_WEEKS = 4


@dataclass(frozen=True, slots=True)
class Goals:
    """A person's weeks. `led` and `paired` count the interviews they led, and those they were second in."""

    config: Config
    person: Person
    led: Mapping[Week, int] = field(default_factory=dict)
    paired: Mapping[Week, int] = field(default_factory=dict)

    @property
    def _pm(self) -> Pm | None:
        return self.config.pms.get(self.person.pm) if self.person.on_roster else None

    def is_active(self, week: Week) -> bool:
        """Tell whether the goal concerns this person in `week`; without any roster it concerns everybody."""
        if self._pm:
            return self.config.is_active(self._pm, week)
        return not self.config.pms and "@" in self.person.pm and week not in self.config.away

    def is_away(self, week: Week) -> bool:
        """Tell whether this person, or everybody, is away in `week`."""
        return week in self.config.away or (self._pm is not None and week in self._pm.away)

    def goal(self, week: Week) -> int:
        """Give the number of interviews asked for in `week`: a new goal never re-judges an old week."""
        return self.config.goal_for(self._pm, week).interviews

    def is_met(self, week: Week) -> bool:
        """Tell whether the interviews of `week` reach the goal that held then."""
        paired = self.paired.get(week, 0)
        done = self.led.get(week, 0) + (paired if paired and self._pairs_count(week) else 0)
        return done >= self.goal(week)

    def _pairs_count(self, week: Week) -> bool:
        pm = self._pm
        says = self.config.goal_for(pm, week).paired
        if says is None and pm:
            says = self.config.goal_for(None, week).paired
        if says is not None:
            return says
        return pm is not None and pm.since > date.min and week < first_whole_week(pm.since) + FIRST_WEEKS

    def weeks_active(self, weeks: Sequence[Week], running: Week) -> int:
        """Count the complete weeks in which the goal held, and the running one once it is met."""
        return sum(self._stands(week, running) for week in weeks)

    def weeks_met(self, weeks: Sequence[Week], running: Week) -> int:
        """Count those of the active weeks in which the goal was met."""
        return sum(self._stands(week, running) and self.is_met(week) for week in weeks)

    def _stands(self, week: Week, running: Week) -> bool:
        return self.is_active(week) and (week < running or (week == running and self.is_met(week)))

    def streak(self, last: Week, running: Week) -> int:
        """Count the met weeks in a row that end with `last`, or the last complete week before it.

        Weeks in which the goal did not hold neither add nor break; the running week adds but never breaks.
        """
        known = [*self.led, *self.paired]
        if not known:
            return 0
        in_a_row, week, first = 0, min(last, running), min(known)
        while week >= first:
            if self.is_active(week) and (week != running or self.is_met(week)):
                if not self.is_met(week):
                    break
                in_a_row += 1
            week -= 1
        return in_a_row
