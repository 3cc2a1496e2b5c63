"""A file becomes configurations: found, read with positions, recognised, its credentials kept apart."""

from validator.config.configuration import Configuration, Ignored
from validator.config.credentials import unmatched
from validator.config.discovery import Input, find
from validator.config.document import Unreadable
from validator.config.file import File
from validator.config.loading import load
from validator.config.schema import folder as schemas
from validator.config.secrets import REDACTED, Secret, Secrets

__all__ = [
    "REDACTED",
    "Configuration",
    "File",
    "Ignored",
    "Input",
    "Secret",
    "Secrets",
    "Unreadable",
    "find",
    "load",
    "schemas",
    "unmatched",
]
