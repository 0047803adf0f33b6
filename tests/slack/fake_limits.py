"""How often an app may call. Sources: docs.slack.dev, "Rate limits", and the page of each method."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from typing import Any

from slack_book import SlackError
from slack_methods import METHODS

BURST = 3
"""Messages to one channel at once; then one a second. Slack says "short bursts are allowed" and names no number."""
MINUTE = 60.0


class Limits:
    """One message a second to a channel after a short burst; for every other method its tier, in each workspace."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._left: dict[tuple[str, str], tuple[float, float]] = {}
        self._recent: dict[tuple[str, str], deque[float]] = defaultdict(deque)

    def count(self, team: str, method: str, arguments: dict[str, Any]) -> None:
        """Raises ratelimited, with the seconds after which the same call is taken."""
        wait = self._post(team, arguments) if method == "chat.postMessage" else self._tier(team, method)
        if wait:
            raise SlackError("ratelimited", retry_after=wait)

    def _post(self, team: str, arguments: dict[str, Any]) -> int:
        where, now = (team, str(arguments["channel"])), self._now()
        left, at = self._left.get(where, (float(BURST), now))
        left = min(float(BURST), left + now - at)
        self._left[where] = (left - 1 if left >= 1 else left, now)
        return 0 if left >= 1 else 1

    def _tier(self, team: str, method: str) -> int:
        recent, now = self._recent[(team, method)], self._now()
        while recent and now - recent[0] >= MINUTE:
            recent.popleft()
        if len(recent) >= METHODS[method].minute:
            return max(1, int(MINUTE - (now - recent[0])) + 1)
        recent.append(now)
        return 0
