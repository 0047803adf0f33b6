"""Everything that the SDK imports when it is first used, imported before: its models import one another as they are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from msgraph.graph_service_client import GraphServiceClient

ITEM = b"""{"id": "x", "name": "x", "eTag": "x", "size": 1, "webUrl": "https://x", "deleted": {"state": "x"},
 "file": {"hashes": {"quickXorHash": "x"}}, "folder": {"childCount": 1}, "root": {},
 "createdBy": {"user": {"id": "x"}, "application": {"id": "x"}}, "parentReference": {"driveId": "x", "sharepointIds": {}},
 "fileSystemInfo": {}, "shared": {"owner": {}}, "publication": {"level": "x"}, "retentionLabel": {"name": "x"}}"""
ERROR = b'{"error": {"code": "x", "message": "x", "innerError": {"code": "x", "date": "2026-01-01T00:00:00"}}}'


def warm(graph: GraphServiceClient) -> None:
    """Touch every address and read one of every answer that we use. Nothing is sent. Runs in a thread."""
    item = graph.drives.by_drive_id("x").items.by_drive_item_id("x")
    site = graph.sites.by_site_id("x")
    _ = (item.content, item.children, item.create_upload_session, item.delta, item.retention_label)
    _ = (site.drives, site.lists.by_list_id("x").items.by_list_item_id("x").fields)
    for model, body in _answers():
        _read(model, body)


def _answers() -> list[tuple[Any, bytes]]:
    from msgraph.generated.drives.item.items.item.create_upload_session.create_upload_session_post_request_body import (  # noqa: PLC0415
        CreateUploadSessionPostRequestBody,
    )
    from msgraph.generated.drives.item.items.item.delta.delta_get_response import DeltaGetResponse  # noqa: PLC0415
    from msgraph.generated.models.drive_collection_response import DriveCollectionResponse  # noqa: PLC0415
    from msgraph.generated.models.drive_item import DriveItem  # noqa: PLC0415
    from msgraph.generated.models.drive_item_collection_response import DriveItemCollectionResponse  # noqa: PLC0415
    from msgraph.generated.models.field_value_set import FieldValueSet  # noqa: PLC0415
    from msgraph.generated.models.item_retention_label import ItemRetentionLabel  # noqa: PLC0415
    from msgraph.generated.models.o_data_errors.o_data_error import ODataError  # noqa: PLC0415
    from msgraph.generated.models.site import Site  # noqa: PLC0415
    from msgraph.generated.models.upload_session import UploadSession  # noqa: PLC0415

    several = b'{"value": [%s]}'
    drive = b'{"id": "x", "name": "x", "webUrl": "https://x", "driveType": "x", "owner": {}, "quota": {}, "list": {}}'
    return [
        (DriveItem, ITEM),
        (DriveItemCollectionResponse, several % ITEM),
        (DeltaGetResponse, several % ITEM),
        (Site, b'{"id": "x", "root": {}, "siteCollection": {"hostname": "x"}}'),
        (DriveCollectionResponse, several % drive),
        (FieldValueSet, b'{"id": "x"}'),
        (ItemRetentionLabel, b'{"name": "x", "retentionSettings": {}, "labelAppliedBy": {"user": {}}}'),
        (UploadSession, b'{"uploadUrl": "x", "nextExpectedRanges": ["0-"]}'),
        (CreateUploadSessionPostRequestBody, b'{"item": {"name": "x"}}'),
        (ODataError, ERROR),
    ]


def _read(model: Any, body: bytes) -> None:
    from kiota_serialization_json.json_parse_node_factory import JsonParseNodeFactory  # noqa: PLC0415
    from kiota_serialization_json.json_serialization_writer_factory import JsonSerializationWriterFactory  # noqa: PLC0415

    found: Callable[..., Any] = JsonParseNodeFactory().get_root_parse_node("application/json", body).get_object_value
    parsed = found(model)
    writer = JsonSerializationWriterFactory().get_serialization_writer("application/json")
    writer.write_object_value(None, parsed)
    writer.get_serialized_content()
