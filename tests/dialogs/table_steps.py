"""Somebody before a table of a form: what they type, press and tick, and what is kept of it."""

from __future__ import annotations

from memory_house import ME, MemoryHouse, engine_kit, home_of

from dialogs.reply import Button, Card, Input, Window
from dialogs.turn import OpenWindow, Press, SubmitWindow, Text
from state.records import DraftRecord, TalkRecord
from state.values import Channel, Place, PlaceKind

CONTACT, MISSING = "contacts.*.contact", "contacts.*.missing"
OTHER_DEVICE = Place(Channel.TEAMS, "second-device", PlaceKind.PERSONAL)


class Table:
    """Somebody who stands in a draft of a form, with what they are shown."""

    def __init__(self, form: str = "scoping", at: str = "contacts") -> None:
        self.house = MemoryHouse(engine_kit())
        now = self.house.now
        self.house.add(DraftRecord(id="d", form=form, owner=ME.id, begun_at=now, touched_at=now))
        for place in (home_of(ME), OTHER_DEVICE):
            self.house.add(TalkRecord(person=ME.id, place=place.id, draft="d", state="check_answers"))
        self.card = Card()
        self.says(f"change {at}")

    def says(self, text: str) -> str:
        """Type something; what is said back, as one text."""
        return self._heard(self.house.take(Text(text)))

    def press(self, action: str, card: Card | None = None, **inputs: str) -> str:
        """Press a button of the newest card, or of an older one, with these inputs."""
        shown = card or self.card
        button = next(one for one in shown.buttons if one.action == action)
        return self._heard(self.house.take(_pressed(button, inputs)))

    def ticks(self, card: Card | None = None, **columns: str) -> str:
        """Tick rows, by column."""
        return self.press("answer", card, **{f"contacts.*.{name}": rows for name, rows in columns.items()})

    def _heard(self, replies: list) -> str:  # type: ignore[type-arg]
        self.card = next((reply.card for reply in reversed(replies) if reply.card), self.card)
        return "\n".join(str(reply.card or reply.text) for reply in replies)

    def input(self, path: str) -> Input:
        """An input of the newest card."""
        return next(one for one in self.card.inputs if one.id == path)

    def kept(self) -> dict[str, tuple[str, object]]:
        """Every cell and table that is kept: state and value."""
        answers = {one.path: (one.state, one.value) for one in self.house.rows["answers"].values()}
        return {path: said for path, said in answers.items() if path.startswith("contacts")}

    def yes(self, column: str) -> set[str]:
        """The rows that say yes in a column."""
        said = self.kept()
        return {path.split(".")[1] for path in said if path.endswith(f".{column}") and said[path] == ("given", "yes")}

    def window(self, at: str = "contacts:0") -> Window:
        """The window of a place in the form."""
        button = next(one for one in self.card.buttons if one.window)
        self.house.take(OpenWindow(action=button.action, target="d", at=at))
        assert self.house.window is not None
        return self.house.window

    def submit(self, window: Window, **inputs: str) -> None:
        """Send a window."""
        send = window.submit
        assert send is not None
        said = SubmitWindow(action=send.action, target="d", version=send.version, at=send.at, inputs=inputs)
        self._heard(self.house.take(said))


def _pressed(button: Button, inputs: dict[str, str]) -> Press:
    return Press(action=button.action, target="d", version=button.version, at=button.at, inputs=inputs, card="card")
