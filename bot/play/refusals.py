"""Whether a step was refused: by what was said, by errors at fields, and by the refusals in the history."""

from __future__ import annotations

import re
import string

from bot.play.place import errors_of, text_of
from bot.play.stage import Actor, Failed, Stage
from dialogs.reply import Reply, Window
from templates.wording import Words

REFUSALS = (
    "referral.only_one_to_one",
    "referral.read_one_to_one",
    "referral.sent_already",
    "referral.cancelled_already",
    "filling.not_yet",
    "filling.cannot_skip",
    "filling.stale",
    "filling.row_unfinished",
    "filling.row_empty",
    "channels.say_it_there",
    "people.code_wrong",
    "people.own_code",
    "people.second_person",
    "people.claim_one_to_one",
    "people.one_to_one",
    *(f"files.{name}" for name in ("not_word", "macros", "too_large", "no_form", "not_to_fill", "no_request", "one_to_one")),
    *("returns.withdrawn", "returns.answered_already", "returns.open_names_first", "returns.somebody_known"),
    *("returns.names_checked_needed", "returns.records_searched_needed", "returns.nil_replaced", "returns.own_return"),
    *("returns.nothing_to_sign", "returns.name_who_signed", "returns.not_its_author", "returns.only_one_to_one"),
    *("returns.waits_for_sign_off", "returns.action_lacks", "returns.event_lacks", "returns.none_waiting"),
)
"""Sentences that refuse, beside all of `access.yaml`."""
APOLOGY = "fault.apology"


class Watch:
    """Looks at one step from its beginning to its end."""

    def __init__(self, stage: Stage, actor: Actor) -> None:
        self._stage = stage
        self._actor = actor
        self._patterns = refusing(stage.profile.words)
        self._apology = pattern(stage.profile.words, APOLOGY)
        self._said = len(stage.channel.shown[actor.conversation])
        self._alone = len(stage.channel.shown[actor.person.id])
        self._window = stage.last_windows.get(actor.person.id)
        self._refused = 0

    async def begin(self) -> Watch:
        """Count the refusals so far."""
        self._refused = await self._recorded()
        return self

    async def _recorded(self) -> int:
        rows = await self._stage.parts.store.history("partnership")
        return sum(1 for row in rows if row.kind == "refused")

    async def refusal(self) -> str:
        """What refused this step, or nothing. Raises Failed where a bug in the assistant ended it."""
        replies = self._replies()
        for text in (*map(text_of, replies), self._window_text()):
            if self._apology.search(text):
                raise Failed(text)
            if any(one.search(text) for one in self._patterns):
                return text
        errors = errors_of(replies[-1]) if replies else []
        if errors or (errors := errors_of(self._new_window())):
            return " ".join(errors)
        recorded = await self._recorded() > self._refused
        return (self._window_text() or self._stage.newest_text(self._actor)) if recorded else ""

    def _replies(self) -> list[Reply]:
        """What was said since the beginning, there and to this person alone."""
        shown, here = self._stage.channel.shown, self._actor.conversation
        alone = shown[self._actor.person.id][self._alone :] if here != self._actor.person.id else []
        return [one.first for one in (*shown[here][self._said :], *alone)]

    def _new_window(self) -> Window | None:
        window = self._stage.last_windows.get(self._actor.person.id)
        return window if window is not self._window else None

    def _window_text(self) -> str:
        window = self._new_window()
        return window.closed_text if window else ""


def refusing(words: Words) -> list[re.Pattern[str]]:
    """A pattern for each sentence that refuses."""
    keys = [key for key, _ in words.items() if key.startswith("access.")]
    known = dict(words.items())
    return [pattern(words, key) for key in (*keys, *REFUSALS) if key in known]


def pattern(words: Words, key: str) -> re.Pattern[str]:
    """A sentence of the words, whatever stands at its placeholders."""
    text = dict(words.items())[key]
    parts = [re.escape(" ".join(before.split())) + (".*?" if name else "") for before, name in _pieces(text)]
    return re.compile(r"\s*".join(parts))


def _pieces(text: str) -> list[tuple[str, str | None]]:
    return [(before, name) for before, name, _, _ in string.Formatter().parse(text)]
