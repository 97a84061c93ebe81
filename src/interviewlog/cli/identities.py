"""`ilog stats --show-identities`: who stands behind each name that git and the notes have for people."""

from interviewlog.cli.gather import Gathered
from interviewlog.insights.identities import Identities, identities


def of(found: Gathered) -> Identities:
    """Say who stands behind each name of the history that leads to a moment."""
    traces = found.traces
    return identities(traces.authors if traces else {}, traces.words if traces else [], found.people)
