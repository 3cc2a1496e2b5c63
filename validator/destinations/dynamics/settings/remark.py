"""What a judgement over one value gives back."""

from __future__ import annotations

from typing import NamedTuple


class Remark(NamedTuple):
    """A catalogue entry's id, and what was seen. `observed` never quotes text that could be a credential."""

    entry: str
    observed: str
