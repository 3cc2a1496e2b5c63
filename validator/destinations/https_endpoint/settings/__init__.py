"""Judges the settings of an HTTPS endpoint from their text alone: no file, no network, no clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.destinations.https_endpoint.settings import endpoint_url
from validator.destinations.remark import told, written

if TYPE_CHECKING:
    from validator.config.configuration import Configuration
    from validator.model import Finding

FIELD: Final = "/httpsEndpointLeadConfiguration/httpsEndpointUrl"


def judge(configuration: Configuration, allowed: frozenset[str] = frozenset()) -> list[Finding]:
    """Say what is wrong with the settings; what the reading already reported is not judged again.

    `allowed` holds the `HOST` and `HOST:PORT` of `--allow-host`: endpoints that need not be public.
    """
    url = written(configuration, FIELD)
    if url is None:
        return []
    return told(configuration, ((FIELD, remark) for remark in endpoint_url.remarks(url, allowed)))
