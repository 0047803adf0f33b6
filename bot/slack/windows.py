"""Windows in Slack: opened before any work is done, then filled; and what a window that was sent is answered with.

What opens one is good for three seconds, and only once. So a window that says "one moment" is opened first, the turn is taken,
and the window then shows what came of it. Windows follow one another in the same one: the stack is never deeper than one.
Source: docs.slack.dev, "Modals" (trigger_id, stacks, response_action).
"""

from __future__ import annotations

import logging
from typing import Any

from bot.slack.api import Workspaces
from bot.slack.carried import Carried, Frame, frame_in
from bot.slack.faults import FAULTS, code_of, named
from bot.slack.messages import CannotShow, Renderer
from bot.slack.wire import View
from dialogs.reply import Window, as_json, window_from
from state.values import JSON
from templates.wording import Words

log = logging.getLogger("cspr.slack")
LONGEST_ERROR = 2_000
"""Characters of an error that Slack shows at its field by itself; a longer one is drawn above it."""
GONE = frozenset({"not_found", "view_not_found"})
"""Somebody has closed the window meanwhile: what they sent is kept, and there is nothing to show."""
Shown = dict[str, Any]


class Windows:
    """Opens, fills and answers them."""

    def __init__(self, workspaces: Workspaces, renderer: Renderer, words: Words) -> None:
        self._workspaces, self._renderer, self._words = workspaces, renderer, words

    async def open(self, workspace: str, trigger: str) -> str:
        """A window that says "one moment"; its id, or nothing where it came too late."""
        view = self._renderer.waiting_view(self._words.say("slack.title"))
        try:
            opened = await self._workspaces.api(workspace).call("views.open", trigger_id=trigger, view=view)
        except FAULTS as fault:
            log.warning("slack: a window could not be opened, %s", named(fault))
            return ""
        return str(opened["view"]["id"])

    async def fill(self, workspace: str, view: str, answer: JSON, frame: Frame) -> bool:
        """Show in an open window what the turn was answered with. False where Slack did not take it."""
        return await self._show(workspace, view, self.drawn(answer, frame))

    async def follow(self, workspace: str, view: str, answer: JSON, frame: Frame) -> None:
        """The same after another button of the window. A window cannot be closed from here: then it says that it can be."""
        closed = as_json(self.closing("slack.window_done"))
        await self._show(workspace, view, self.drawn(closed if answer is None else answer, frame))

    async def say(self, workspace: str, view: str, key: str) -> None:
        """One sentence in an open window."""
        await self._show(workspace, view, self._renderer.view(self.closing(key), Frame()))

    async def _show(self, workspace: str, view: str, shown: Shown) -> bool:
        """Tried twice: nobody should look at "one moment" for ever."""
        for last in (False, True):
            try:
                await self._workspaces.api(workspace).call("views.update", view_id=view, view=shown)
                return True
            except FAULTS as fault:
                if code_of(fault) in GONE:
                    return True
                if last:
                    log.warning("slack: a window could not be filled, %s", named(fault))
        return False

    async def publish(self, workspace: str, user: str, answer: JSON) -> None:
        """Somebody's own page."""
        if answer is None:
            return
        try:
            page = self._renderer.home(window_from(answer))
            await self._workspaces.api(workspace).call("views.publish", user_id=user, view=page)
        except CannotShow:
            log.warning("slack: a page could not be shown")
        except FAULTS as fault:
            log.warning("slack: a page could not be shown, %s", named(fault))

    def drawn(self, answer: JSON, frame: Frame) -> Shown:
        """The window for an answer of the house."""
        window = window_from(answer) if answer is not None else self.closing("slack.no_window")
        try:
            return self._renderer.view(window, frame)
        except CannotShow:
            return self._renderer.view(self.closing("slack.window_too_large"), frame)

    def closing(self, key: str) -> Window:
        """A window with one sentence, which can only be closed."""
        return Window(title=self._words.say("slack.title"), closed_text=self._words.say(key))

    def gone(self) -> Shown:
        """What a window is answered with whose sender is not heard any more."""
        return {"response_action": "update", "view": self.drawn(None, Frame())}

    def answered(self, sent: View, answer: JSON) -> Shown:
        """What a window that was sent is answered with: closed, its fields' errors, or what it shows from now on."""
        if answer is None:
            return {"response_action": "clear"}
        window, frame = window_from(answer), frame_in(sent.private_metadata)
        if window.closed_text and window.said_in_chat:
            return {"response_action": "clear"}
        if errors := self._errors(window, sent, frame):
            return {"response_action": "errors", "errors": errors}
        return {"response_action": "update", "view": self.drawn(answer, frame)}

    def _errors(self, window: Window, sent: View, frame: Frame) -> dict[str, str]:
        """The errors, where nothing else of the window has changed: Slack then shows them at their fields by itself."""
        errors = {field.id: field.error for field in window.inputs if field.error}
        same = [field.id for field in window.inputs] == list(_fields(sent)) and not window.buttons
        carries = Carried.of(window.submit) if window.submit else None
        short = all(len(error) <= LONGEST_ERROR for error in errors.values())
        return errors if same and short and carries == frame.submit else {}


def _fields(view: View) -> list[str]:
    return [str(block.get("block_id", "")) for block in view.blocks if block.get("type") == "input"]
