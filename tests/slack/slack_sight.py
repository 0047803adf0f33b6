"""What one person sees in a Slack client: messages, their own modal and their own home tab."""

from __future__ import annotations

from collections.abc import Callable

from fake_slack import FakeSlack
from slack_fields import CannotType
from slack_reading import Seen, SeenView, Shown, seen, seen_view
from slack_state import Channel, User


class Sight:
    """The eyes of one member of a workspace. `dm` is their conversation with the assistant."""

    def __init__(self, fake: FakeSlack, user: User) -> None:
        self.fake = fake
        self.user = user
        self._book = fake.book
        self._errors: tuple[str, dict[str, str]] = ("", {})

    @property
    def id(self) -> str:
        """The user's id."""
        return self.user.id

    @property
    def dm(self) -> Channel:
        """The conversation with the assistant, one to one."""
        return self._book.direct(self.user)

    @property
    def errors(self) -> dict[str, str]:
        """What stands below the fields of the modal on top, by field id, until the modal changes."""
        top, (mark, errors) = self._book.top(self.id), self._errors
        return errors if top is not None and top.hash == mark else {}

    def seen(self, channel: Channel | None = None) -> list[Seen]:
        """Every message there that this person sees, their own too, in order."""
        where = channel or self.dm
        self._present(where)
        return [seen(message, self.id) for message in where.messages if message.aside in ("", self.id)]

    def answers(self, channel: Channel | None = None, since: int = 0) -> list[Seen]:
        """What the assistant said there, after that many."""
        return [message for message in self.seen(channel) if message.by_bot][since:]

    @property
    def view(self) -> SeenView | None:
        """The modal on top, or nothing."""
        top = self._book.top(self.id)
        return seen_view(top, self.errors) if top is not None else None

    @property
    def home(self) -> SeenView | None:
        """The assistant's own page, once there is one."""
        home = self._book.homes.get(self.id)
        return seen_view(home, {}) if home is not None else None

    async def sees(self, wanted: str | Callable[[Seen], bool], channel: Channel | None = None, since: int = 0) -> Seen:
        """The first message of the assistant, after that many, with these words or that button, or that is wanted."""

        def fits(message: Seen) -> bool:
            if callable(wanted):
                return wanted(message)
            return _has(message, wanted)

        return await self._book.wait(lambda: next((one for one in self.answers(channel, since) if fits(one)), None))

    async def sees_view(self, wanted: str) -> SeenView:
        """The modal on top, once it has that title, these words or that button: it may be filled in after the answer."""

        def there() -> SeenView | None:
            top = self.view
            fits = top is not None and (wanted in top.title or _has(top, wanted))
            return top if fits else None

        return await self._book.wait(there)

    async def sees_home(self, wanted: str) -> SeenView:
        """The assistant's own page, once it has these words or that button."""

        def there() -> SeenView | None:
            home = self.home
            return home if home is not None and _has(home, wanted) else None

        return await self._book.wait(there)

    def _present(self, channel: Channel) -> None:
        if self.id not in channel.members:
            raise CannotType("not in that channel")


def _has(shown: Shown, wanted: str) -> bool:
    return wanted in shown.words or any(button.called(wanted) for button in shown.buttons)
