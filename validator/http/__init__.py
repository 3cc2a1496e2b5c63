"""The one way out of this program.

Whatever goes wrong on the wire is one of two things, and nothing else leaves this package:

    Failure
    ├── Unreachable   no answer: `reason` says which step failed, `host` where
    └── Refused       the service answered and said no: `status`, `message`, `codes`, `trace`

`session` and `wire` load requests, which costs 70 ms: import them where something is really sent.
"""

from validator.http.bounds import Clock, exchanges, waits
from validator.http.failures import Failure, Reason, Refused, Unreachable, settled

__all__ = ["Clock", "Failure", "Reason", "Refused", "Unreachable", "exchanges", "settled", "waits"]
