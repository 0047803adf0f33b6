"""A date and time of England in a play file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator

from state.values import LONDON


def _moment(value: Any) -> datetime:
    """A date and time of England as an instant. YAML reads some of them as instants itself."""
    try:
        read = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError as wrong:
        raise ValueError("this is not a date and time such as 2026-11-23T09:00") from wrong
    if not isinstance(value, datetime) and len(str(value)) <= len("2026-11-23"):
        raise ValueError("this has no time. Write a date and time such as 2026-11-23T09:00")
    return (read if read.tzinfo else read.replace(tzinfo=LONDON)).astimezone(UTC)


Moment = Annotated[datetime, BeforeValidator(_moment)]
