"""What stands beside a file in the list of the library, and its retention label. Neither keeps a file from being filed."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.library.storage import Columns, Gone, Item, LibraryDenied
from bot.sharepoint.budget import WRITE
from bot.sharepoint.calls import Calls
from bot.sharepoint.faults import NotTaken

if TYPE_CHECKING:
    from msgraph.generated.models.field_value_set import FieldValueSet
    from msgraph.generated.models.item_retention_label import ItemRetentionLabel
    from msgraph.generated.sites.item.lists.item.items.item.fields.fields_request_builder import FieldsRequestBuilder
    from msgraph.graph_service_client import GraphServiceClient

log = logging.getLogger("cspr.sharepoint")

NAMES = {
    "CSPRReference": "reference",
    "CSPRDocument": "document",
    "CSPROrganisation": "organisation",
    "CSPRState": "state",
    "CSPRVersion": "version",
}
"""The columns, by their internal names, and what of `Columns` stands in each."""
NO_COLUMNS = "a library has not all of our columns (%s): its files are filed without them. `cspr doctor` says more"
NO_LABEL = "a retention label is refused: files are filed without it. `cspr doctor` says more"


class Describing:
    """Of one library. What it does not take is said once."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._said: set[str] = set()

    async def describe(self, drive: str, item: Item, columns: Columns) -> None:
        """Set the columns and the label. Raises LibraryAway, LibraryDenied, Held, or Gone."""
        try:
            await self._columns(drive, item, columns)
        except NotTaken:
            self._say(NO_COLUMNS % ", ".join(NAMES))
        if self._calls.settings.retention_label:
            await self._label(drive, item)

    async def _columns(self, drive: str, item: Item, columns: Columns) -> None:
        url = f"{self._calls.settings.graph}/drives/{drive}/items/{item.id}/listItem/fields"
        await self._calls.graph(lambda graph: _fields_of(graph).with_url(url).patch(_columns(columns)), WRITE)

    async def _label(self, drive: str, item: Item) -> None:
        """Microsoft's page asks for more than Sites.Selected here, so that a refusal is no surprise."""
        label = self._calls.settings.retention_label
        try:
            await self._calls.graph(
                lambda graph: (
                    graph.drives.by_drive_id(drive).items.by_drive_item_id(item.id).retention_label.patch(_label(label))
                ),
                WRITE,
            )
        except (NotTaken, LibraryDenied, Gone):
            self._say(NO_LABEL)

    def _say(self, what: str) -> None:
        if what not in self._said:
            self._said.add(what)
            log.warning("SharePoint: %s", what)


def _fields_of(graph: GraphServiceClient) -> FieldsRequestBuilder:
    """The SDK has them below a list only; the address is that of a file's own."""
    return graph.sites.by_site_id("-").lists.by_list_id("-").items.by_list_item_id("-").fields


def _columns(columns: Columns) -> FieldValueSet:
    from msgraph.generated.models.field_value_set import FieldValueSet  # noqa: PLC0415

    return FieldValueSet(additional_data={name: getattr(columns, field) for name, field in NAMES.items()})


def _label(name: str) -> ItemRetentionLabel:
    from msgraph.generated.models.item_retention_label import ItemRetentionLabel  # noqa: PLC0415

    return ItemRetentionLabel(name=name)
