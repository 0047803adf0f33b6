"""Resource units, as SharePoint counts them for each application in a tenant.

learn.microsoft.com/sharepoint/dev/general-development/how-to-avoid-getting-throttled-or-blocked-in-sharepoint-online: 1 a read
of one item, of a content, or of the changes since a token; 2 a read of many or a write; 5 for permissions; 1,250 a minute in
the smallest tenants; throttled calls count too.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

UNITS_A_MINUTE = 1_250
ONE = frozenset({"site", "drive", "root", "item", "get_content", "version", "delta", "list"})
FIVE = frozenset({"permissions", "site_permissions", "create_link", "invite"})
NONE = frozenset({"upload_part", "upload_status", "upload_cancel", "upload_commit", "download"})
"""They go to addresses of their own."""


def units(kind: str) -> int:
    """What a call of that kind costs."""
    if kind in FIVE:
        return 5
    if kind in NONE:
        return 0
    return 1 if kind in ONE else 2


class Limits:
    """The units of the last minute."""

    def __init__(self, pace: Callable[[], float]) -> None:
        self._pace = pace
        self._spent: deque[tuple[float, int]] = deque()
        self.on = True
        self.a_minute = UNITS_A_MINUTE
        self.most = 0
        """The most that were ever spent in one minute."""

    def spend(self, kind: str) -> int:
        """Count a call. Returns for how many seconds to leave it alone, or 0."""
        now = self._pace()
        while self._spent and self._spent[0][0] <= now - 60:
            self._spent.popleft()
        self._spent.append((now, units(kind)))
        total = sum(cost for _, cost in self._spent)
        self.most = max(self.most, total)
        if not self.on or total <= self.a_minute:
            return 0
        return max(1, int(self._spent[0][0] + 60 - now) + 1)
