"""Who can read a document library, by the permissions of its root.

Source: learn.microsoft.com/graph/api, "driveItem: list permissions", and the resources `permission`, `sharePointIdentitySet`.
Who does not own an item may be shown only what applies to them: where we are shown nobody, we say so. Who is in a group can be
asked only with permissions that the assistant does not have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from bot.library.inspecting import Reader, Readers, ReadingGroup
from bot.library.storage import LibraryAway
from bot.sharepoint.addresses import is_graph
from bot.sharepoint.budget import PERMISSION
from bot.sharepoint.calls import Calls

if TYPE_CHECKING:
    from msgraph.generated.models.permission import Permission
    from msgraph.generated.models.permission_collection_response import PermissionCollectionResponse

MOST_PAGES = 50
MEMBER = "|membership|"
"""Before the sign-in name of a person, in the name by which SharePoint knows them."""
GUEST = "#ext#"
"""In the sign-in name of a guest, after their own address with its @ written as an underscore."""
ALL_CLAIMS = ("spo-grid-all-users", "c:0(.s|true")
"""What is in the names by which SharePoint knows everybody in the tenant, and everybody with guests."""
ALL_NAMES = ("everyone", "everyone except external users", "all users")


async def readers_of(calls: Calls, drive: str) -> Readers:
    """Everybody who is named. Raises LibraryAway or LibraryDenied."""
    people: dict[str, Reader] = {}
    groups: dict[str, ReadingGroup] = {}
    everyone: list[str] = []
    links: list[str] = []
    async for permission in _permissions(calls, drive):
        if permission.link is not None:
            links.append(permission.link.scope or "users")
        for named in _named(permission):
            if all_of := _everybody(named):
                everyone.append(all_of)
            elif group := _group(named):
                groups[group.id] = group
            elif person := _person(named):
                people[person.id or person.email] = person
    return Readers(
        people=tuple(people.values()),
        groups=tuple(groups.values()),
        everyone=tuple(dict.fromkeys(everyone)),
        links=tuple(dict.fromkeys(links)),
        hidden=not (people or groups or everyone),
    )


async def _permissions(calls: Calls, drive: str):  # type: ignore[no-untyped-def]
    page = await calls.graph(
        lambda graph: graph.drives.by_drive_id(drive).items.by_drive_item_id("root").permissions.get(), PERMISSION
    )
    for _ in range(MOST_PAGES):
        for permission in page.value or ():
            yield permission
        link = page.odata_next_link or ""
        if not link:
            return
        page = await _next(calls, drive, link)
    raise LibraryAway("the permissions do not come to an end")


async def _next(calls: Calls, drive: str, link: str) -> PermissionCollectionResponse:
    if not is_graph(link, calls.settings):
        raise LibraryAway("the permissions go on elsewhere")
    return await calls.graph(
        lambda graph: graph.drives.by_drive_id(drive).items.by_drive_item_id("root").permissions.with_url(link).get(),
        PERMISSION,
    )


def _named(permission: Permission) -> Iterator[Any]:
    """Each identity set of a permission: the one it is for, and those that a link names."""
    if permission.granted_to_v2 is not None:
        yield permission.granted_to_v2
    yield from permission.granted_to_identities_v2 or ()


def _identities(named: Any, *kinds: str) -> Iterable[Any]:
    return [one for kind in kinds if (one := getattr(named, kind, None)) is not None]


def _everybody(named: Any) -> str:
    """What stands for everybody, by the claim or by its name."""
    for one in _identities(named, "site_user", "user", "group", "site_group"):
        claim, name = (getattr(one, "login_name", None) or "").lower(), (one.display_name or "").lower()
        if name in ALL_NAMES or any(all_of in claim for all_of in ALL_CLAIMS):
            return one.display_name or "everybody in the tenant"
    return ""


def _group(named: Any) -> ReadingGroup | None:
    for one in _identities(named, "group", "share_point_group", "site_group"):
        title = one.display_name or getattr(one, "title", None) or ""
        return ReadingGroup(id=one.id or title, name=title)
    for one in _identities(named, "site_user"):
        if MEMBER not in (one.login_name or "").lower() and named.user is None and "|" in (one.login_name or ""):
            return ReadingGroup(id=(one.login_name or "").rpartition("|")[2], name=one.display_name or "")
    return None


def _person(named: Any) -> Reader | None:
    """Their object id and e-mail address, from whichever of the two says so. An application is nobody."""
    user, there = named.user, getattr(named, "site_user", None)
    if user is None and there is None:
        return None
    emails = (_email(one) for one in (user, there) if one is not None)
    email = next((one for one in emails if one), "") or _signs_in_as(getattr(there, "login_name", None) or "")
    name = next((one.display_name for one in (user, there) if one is not None and one.display_name), "")
    return Reader(id=(user.id if user is not None else "") or "", email=email, name=name)


def _email(identity: Any) -> str:
    more: dict[str, Any] = identity.additional_data or {}
    return str(more.get("email") or getattr(identity, "email", None) or "")


def _signs_in_as(claim: str) -> str:
    """The address in `i:0#.f|membership|name@council.example`; of a guest, their own."""
    name = claim.lower().partition(MEMBER)[2]
    if GUEST not in name:
        return name
    before, _, host = name.partition(GUEST)[0].rpartition("_")
    return f"{before}@{host}"
