"""The picture of a case's timeline, as it was when somebody wanted it kept. Its data came with the row: no answer is in it."""

from __future__ import annotations

import msgspec

from bot.papers.paper import REVIEW, Body, Made, Paper, word
from dialogs.kit import Kit
from state.snapshot import Snapshot, Wanted
from templates.pictures.data import Timeline
from templates.pictures.png import picture_png


def wanted(body: Body) -> Wanted:
    """Nothing more has to be read than which case it is."""
    return Wanted(turn="", person="", place="", case=word(body, "case"))


def timeline(_snapshot: Snapshot, body: Body, _kit: Kit) -> Made:
    """The picture, sharp enough for paper."""
    data = msgspec.convert(body["picture"], Timeline)
    return Made((REVIEW,), f"{word(body, 'reference')} Timeline", ".png", picture_png(data))


TIMELINE = Paper(wanted=wanted, make=timeline)
