"""A referral that was begun and not sent: its owner is reminded gently, alone, twice at the most. Nothing of it is said."""

from __future__ import annotations

from dialogs.chasing.ladder import Item, due_now
from dialogs.chasing.things import chase_of
from dialogs.desk import Desk
from dialogs.reply import Button, Card, Paragraph, Reply, Style
from state.chasing_records import DRAFT
from state.records import DraftRecord
from state.values import london_day
from templates.days import day_text

REFERRAL = "referral"


def remind(desk: Desk) -> None:
    """What is due to be said about the draft at hand."""
    draft = desk.snapshot.draft
    if draft is None:
        return
    profile = desk.kit.profile
    climbed = due_now(_item(desk, draft), desk.turn.at, profile.chasing.hours, profile.clocks)
    if climbed.record is not None:
        desk.put(climbed.record)
    if climbed.say:
        _say(desk, draft)


def _item(desk: Desk, draft: DraftRecord) -> Item:
    """Its ladder is counted from when it was touched last."""
    name = f"{DRAFT}{draft.id}"
    owner = next((one for one in desk.snapshot.all_people if one.id == draft.owner), None)
    waits = draft.form == REFERRAL and draft.status in ("open", "paused") and (owner is None or owner.removed_at is None)
    ladder = desk.kit.profile.chasing.drafts if waits else ()
    return Item(id=name, ladder=ladder, due=draft.touched_at, start=draft.touched_at, chase=chase_of(desk, name))


def _say(desk: Desk, draft: DraftRecord) -> None:
    place = desk.own_place(draft.owner)
    if place is None:
        return
    support = desk.kit.profile.file.support
    blocks = (
        Paragraph(desk.words("chasing.draft", day=day_text(london_day(draft.begun_at)))),
        Paragraph(desk.words("chasing.draft_help", name=support.name, telephone=support.telephone), Style.QUIET),
    )
    carry_on = Button(action="resume", label=desk.words("buttons.resume"), target=draft.id, primary=True)
    reply = Reply(card=Card(blocks=blocks, buttons=(carry_on,)), preview=desk.words("filling.preview"))
    desk.post(place, reply, reminder=True, about=f"{DRAFT}{draft.id}")
    desk.note(f"draft:{draft.id}", "reminded")
