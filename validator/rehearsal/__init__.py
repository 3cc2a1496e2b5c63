"""Publishing is a ladder: this package climbs it, for one configuration or for hundreds at a time."""

from validator.rehearsal.blame import Blame
from validator.rehearsal.check import Check, Destination, Skip, later
from validator.rehearsal.climb import Climb
from validator.rehearsal.fleet import Interruption, rehearse, together
from validator.rehearsal.run import Options, Run

__all__ = [
    "Blame",
    "Check",
    "Climb",
    "Destination",
    "Interruption",
    "Options",
    "Run",
    "Skip",
    "later",
    "rehearse",
    "together",
]
