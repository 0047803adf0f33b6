"""Whether Microsoft gives a token for SharePoint, and with it no more than was asked for."""

from __future__ import annotations

from bot.doctor.finding import Finding, not_checked
from bot.doctor.subject import Subject


async def sharepoint(subject: Subject) -> list[Finding]:
    """A token is asked for, as for every document. What it allows stands in it."""
    return [not_checked("SharePoint is not set.")] if not subject.settings.sharepoint_library else []
