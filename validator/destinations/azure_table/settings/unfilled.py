"""What nobody filled in: samples of the documentation, placeholders, masks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from validator.config import placeholders
from validator.destinations.remark import Remark

if TYPE_CHECKING:
    from validator.destinations.azure_table.settings.connection_string import Part

SAMPLE: Final = "documentation-sample"
PLACEHOLDER_LEFT: Final = "variable-not-filled-in"

SAMPLES: Final = frozenset({"myAccountName", "myAccountKey", "myaccountkey"})
"""What Microsoft's instructions show in the parts, and what is left of it where somebody tidied up."""

PLACEHOLDER: Final = re.compile(
    placeholders.PLACEHOLDER.pattern + r"| \{[\w\ .-]{1,60}\} | \[[\w\ .|-]{1,60}\]", re.VERBOSE
)
"""Besides the usual ones, the braces and brackets of documents about storage: `[http|https]`."""

MASK: Final = re.compile("[*\u2022\u25cf\u2026]+")
"""What exports, logs and portals show in place of a secret; none of it is ever in one."""


def remark(part: Part) -> Remark | None:
    """Say that a part was never filled in."""
    if part.value in SAMPLES:
        return Remark(SAMPLE, f"{part.name} holds what Microsoft's instructions show")
    if PLACEHOLDER.search(part.written):
        return Remark(PLACEHOLDER_LEFT, f"a placeholder stands for {part.name}")
    if MASK.search(part.value):
        return Remark("secret-masked", f"{part.name} is masked")
    return None
