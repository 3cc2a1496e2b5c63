"""What a request brought: receivers keep it as they read it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from werkzeug import Request


def read(request: Request) -> Any:  # noqa: ANN401 - any JSON there is
    """Give the JSON in a body, or its text where it is none."""
    try:
        return json.loads(request.get_data())
    except ValueError:
        return request.get_data(as_text=True)
