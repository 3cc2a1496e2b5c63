"""Marketo: each lead is submitted to a form of an account of Marketo Engage."""

from __future__ import annotations

from typing import Final

from validator.destinations.marketo.settings import judge
from validator.rehearsal import Destination

DESTINATION: Final = Destination(name="marketo", judge=judge)
