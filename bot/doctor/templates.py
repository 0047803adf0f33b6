"""The partnership's profile and its Word templates, and the file that names the organisations' own libraries."""

from __future__ import annotations

import asyncio

from bot.doctor.channels import unread
from bot.doctor.finding import Finding, failed, not_checked, ok, warning
from bot.doctor.subject import Subject
from bot.library.document import CASES
from templates.checking import problems
from templates.forms.yaml_lines import Mistake
from templates.profile import profile_folder
from templates.wording import WordingError

MOST = 10
"""Problems that are listed; a profile that lacks a file has a hundred."""


async def profile(subject: Subject) -> list[Finding]:
    """What `cspr profile check` says."""
    name = subject.settings.profile
    check = f"Put it right, then run: cspr profile check {name}"
    try:
        found = await asyncio.to_thread(lambda: list(problems(profile_folder(name))))
    except Mistake as mistake:
        found = list(mistake.lines)
    except WordingError as wrong:
        found = [str(wrong)]
    if not found:
        return [ok(f"Nothing is wrong with the profile {name} and its Word templates.")]
    more = [failed(f"{len(found) - MOST} more problems of the profile.", check)] if len(found) > MOST else []
    return [failed(line, check) for line in found[:MOST]] + more


async def organisation_libraries(subject: Subject) -> list[Finding]:
    """Whether each organisation with a library of its own is one that the database has."""
    if subject.settings.organisation_libraries_file is None:
        return [not_checked("No organisation has a library of its own.")]
    if subject.survey is None:
        return unread(subject)
    known = {one.id for one in subject.survey.organisations if one.ended_at is None}
    own = [shelf for shelf in subject.shelves if shelf != CASES]
    do = f"Write one of these ids in CSPR_ORGANISATION_LIBRARIES_FILE: {', '.join(sorted(known)) or 'none is known yet'}."
    lost = [
        warning(f"{one} has a library of its own, and there is no such organisation.", do) for one in own if one not in known
    ]
    return lost or [ok(f"{len(own)} organisations have libraries of their own, and all are known.")]
