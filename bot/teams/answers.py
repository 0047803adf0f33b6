"""What an invoke is answered with: a window, a closing sentence, or a receipt.

Source: learn.microsoft.com/microsoftteams, "Use dialogs in Teams bots" (task/fetch, task/submit) and "Universal Actions for
Adaptive Cards" (adaptiveCard/action, whose SDK type cannot hold a text).
"""

from __future__ import annotations

import msgspec

from bot.teams.cards import CannotShow, Renderer
from bot.teams.deliver import CARD
from dialogs.reply import Window, window_from
from state.values import JSON
from templates.wording import Words

MESSAGE = "application/vnd.microsoft.activity.message"

Body = dict[str, object]


class InvokeAnswers:
    """Draws what the house answered."""

    def __init__(self, renderer: Renderer, words: Words) -> None:
        self._renderer = renderer
        self._words = words

    def body(self, name: str, answer: JSON) -> Body:
        """The JSON body for an invoke of that name. Raises msgspec.ValidationError where the answer is not a Window."""
        if name == "adaptiveCard/action":
            return {"statusCode": 200, "type": MESSAGE, "value": self._words.say("teams.received")}
        if name == "fileConsent/invoke":
            return {}
        if answer is None:
            return {} if name == "task/submit" else _closing(self._words.say("teams.no_window"))
        return self._window(window_from(answer))

    def _window(self, window: Window) -> Body:
        if window.closed_text:
            return _closing(window.closed_text)
        try:
            content = self._renderer.window(window)
        except CannotShow:
            content = None
        if content is None:
            return _closing(self._words.say("teams.window_too_large"))
        card = {"contentType": CARD, "content": content}
        return {
            "task": {"type": "continue", "value": {"title": window.title, "height": "large", "width": "medium", "card": card}}
        }


def _closing(sentence: str) -> Body:
    """An empty body closes a window without a word; this one says something first."""
    return {"task": {"type": "message", "value": sentence}}


def encoded(body: Body) -> bytes:
    """The body as it goes out."""
    return msgspec.json.encode(body)
