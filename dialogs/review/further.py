"""Further questions of the rapid review to an organisation, and what was answered: as they are kept. Pure."""

from __future__ import annotations

from datetime import datetime

import msgspec

from state.scoping_records import NoticeRecord
from state.snapshot import Snapshot

KIND = "further_question"


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A further question. `answer` is empty until it is answered; then `by` and `at` say by whom and when."""

    id: str
    request: str
    text: str
    answer: str = ""
    by: str = ""
    at: datetime | None = None


def further_questions(snapshot: Snapshot, request: str) -> list[Question]:
    """The further questions that were put to a request's organisation, oldest first.

    Only for those who may open the request, in a window or one to one: a question may name a child.
    """
    return [_question(one) for one in snapshot.notices if one.kind == KIND and one.about == request]


def _question(notice: NoticeRecord) -> Question:
    content = notice.content if isinstance(notice.content, dict) else {}
    at = content.get("at")
    return Question(
        id=notice.id,
        request=notice.about,
        text=str(content.get("question") or ""),
        answer=str(content.get("answer") or ""),
        by=str(content.get("by") or ""),
        at=datetime.fromisoformat(at) if isinstance(at, str) else None,
    )
