"""What stands beside a file in the list of the library, and its retention label. Neither keeps a file from being filed."""

from __future__ import annotations

import logging

from bot.library.storage import Columns, Gone, LibraryDenied
from bot.sharepoint.budget import WRITE
from bot.sharepoint.calls import Calls
from bot.sharepoint.faults import NotTaken

log = logging.getLogger("cspr.sharepoint")

NAMES = {
    "CSPRReference": "reference",
    "CSPRDocument": "document",
    "CSPROrganisation": "organisation",
    "CSPRState": "state",
    "CSPRVersion": "version",
}
"""The columns, by their internal names, and what of `Columns` stands in each."""
LONGEST = 255
"""Characters that a column of one line of text holds."""
NO_COLUMNS = f"a library has not all of our columns ({', '.join(NAMES)}): its files are filed without them. Run cspr doctor"
NO_LABEL = "the retention label is refused: files are filed without it. Run cspr doctor"


class Describing:
    """Of one library. What it does not take is said once."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._said: set[str] = set()

    async def describe(self, drive: str, item: str, columns: Columns) -> None:
        """Set the columns and the label. Raises LibraryAway, LibraryDenied, Held, or Gone."""
        values = {name: getattr(columns, field)[:LONGEST] for name, field in NAMES.items()}
        try:
            await self._calls.graph(lambda requests: requests.columns(drive, item, values), WRITE)
        except NotTaken:
            self._say(NO_COLUMNS)
        if self._calls.settings.retention_label:
            await self._label(drive, item, self._calls.settings.retention_label)

    async def _label(self, drive: str, item: str, label: str) -> None:
        """Microsoft's page asks for more than Sites.Selected here, so that a refusal is no surprise."""
        try:
            await self._calls.graph(lambda requests: requests.label(drive, item, label), WRITE)
        except (NotTaken, LibraryDenied, Gone):
            self._say(NO_LABEL)

    def _say(self, what: str) -> None:
        if what not in self._said:
            self._said.add(what)
            log.warning("SharePoint: %s", what)
