"""Whether a step was refused: by what was said, by errors at fields, and by the refusals in the history."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Mapping
from functools import lru_cache

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
)
"""Sentences that refuse, beside all of `access.yaml`."""
AT_THE_END: Mapping[str, tuple[str, ...]] = {
    "files": (
        *("not_word", "old_word", "open_document", "pdf", "password", "empty", "cut_short", "broken", "unsafe", "macros"),
        *("too_large", "too_many_rows", "no_form", "not_to_fill", "the_letter", "the_pack", "no_request", "no_reference"),
        *("one_to_one", "of_a_case", "of_a_case_here", "sent_already", "returned_already", "waits_for_sign_off", "nil_form"),
    ),
    "returns": (
        *("withdrawn", "answered_already", "open_names_first", "somebody_known", "names_checked_needed", "nil_replaced"),
        *("records_searched_needed", "own_return", "nothing_to_sign", "name_who_signed", "not_its_author", "none_waiting"),
        *("only_one_to_one", "waits_for_sign_off", "action_lacks", "event_lacks", "not_later", "nobody_to_pass_to"),
        *("read_again", "write_first", "changed_since"),
    ),
    "scoping": (
        *("case_at_an_end", "nothing_to_send", "settled_already", "one_to_one", "purpose_and_basis", "changed_meanwhile"),
        *("choose_one", "senior_is_involved", "not_in_the_channel", "why_needed", "senior_needed", "rows_and_reason"),
        *("none_sent", "answer_identifies", "answer_nowhere", "nothing_to_read", "past_the_review", "not_a_working_day"),
    ),
    "decision": (
        *("notify_first", "at_an_end", "joined", "no_child", "why_changed", "sent_already", "too_far"),
        *("recorded_already", "late"),
    ),
    "casework": ("needed",),
    "review": (
        *("no_meeting_now", "signed_no_meeting", "late_needs_reason", "moved_meanwhile", "one_partner_each", "sent_already"),
        *("inconsistent", "locked", "not_yours", "which_partner", "partner_has_signed", "first_write", "say_why_not"),
        *("changed_since", "letter_waits", "letter_contradicts", "not_ready", "no_letter", "not_sent_yet", "nothing_asked"),
        *("questions_open", "nobody_to_ask", "none_outstanding", "nobody_named", "no_question"),
    ),
}
"""Sentences that refuse where they are the last word. Said on the way, they only tell what comes first."""
APOLOGY = "fault.apology"


class Watch:
    """Looks at one step from its beginning to its end."""

    def __init__(self, stage: Stage, actor: Actor) -> None:
        self._stage = stage
        self._actor = actor
        self._patterns = refusing(stage.profile.words)
        self._at_the_end = at_the_end(stage.profile.words)
        self._apology = pattern(dict(stage.profile.words.items())[APOLOGY])
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
        for text in (*(text_of(one) for one in replies[-1:]), self._window_text()):
            if any(one.search(text) for one in self._at_the_end):
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
    known = dict(words.items())
    return _patterns(known, (*(key for key in known if key.startswith("access.")), *REFUSALS))


def at_the_end(words: Words) -> list[re.Pattern[str]]:
    """A pattern for each sentence that refuses where it is the last word."""
    return _patterns(dict(words.items()), (f"{file}.{name}" for file, names in AT_THE_END.items() for name in names))


def _patterns(known: Mapping[str, str], keys: Iterable[str]) -> list[re.Pattern[str]]:
    return [pattern(known[key]) for key in keys if key in known]


@lru_cache(maxsize=1024)
def pattern(sentence: str) -> re.Pattern[str]:
    """A sentence of the words, whatever stands at its placeholders."""
    parts = [re.escape(" ".join(before.split())) + (".*?" if name else "") for before, name in _pieces(sentence)]
    return re.compile(r"\s*".join(parts))


def _pieces(text: str) -> list[tuple[str, str | None]]:
    return [(before, name) for before, name, _, _ in string.Formatter().parse(text)]
