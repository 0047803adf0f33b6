"""Who can read a document library, by the permissions of its root.

Source: learn.microsoft.com/graph/api, "driveItem: list permissions", and the resources `permission`, `sharePointIdentitySet`.
Who does not own an item may be shown only what applies to them: where we are shown nobody, we say so. Who is in a group can be
asked only with permissions that the assistant does not have.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import msgspec

from bot.library.inspecting import Reader, Readers, ReadingGroup
from bot.library.storage import LibraryAway
from bot.sharepoint.addresses import is_graph
from bot.sharepoint.budget import PERMISSION
from bot.sharepoint.calls import Calls

MOST_PAGES = 50
MEMBER = "|membership|"
"""Before the sign-in name of a person, in the name by which SharePoint knows them."""
GUEST = "#ext#"
"""In the sign-in name of a guest, after their own address with its @ written as an underscore."""
ALL_CLAIMS = ("spo-grid-all-users", "c:0(.s|true")
"""What is in the names by which SharePoint knows everybody in the tenant, and everybody with guests."""
ALL_NAMES = ("everyone", "everyone except external users")


class _Identity(msgspec.Struct, frozen=True, rename="camel"):
    """Of a directory, or of a site: then with the name by which SharePoint knows them."""

    id: str | None = None
    display_name: str | None = None
    title: str | None = None
    email: str | None = None
    login_name: str | None = None

    @property
    def name(self) -> str:
        """What people call it."""
        return self.display_name or self.title or ""

    @property
    def claim(self) -> str:
        """In small letters."""
        return (self.login_name or "").lower()


class _Named(msgspec.Struct, frozen=True, rename="camel"):
    """One of them, often said twice: as the directory and as the site know them. An application is nobody."""

    user: _Identity | None = None
    group: _Identity | None = None
    site_user: _Identity | None = None
    site_group: _Identity | None = None
    share_point_group: _Identity | None = None


class _Link(msgspec.Struct, frozen=True):
    scope: str | None = None


class _Permission(msgspec.Struct, frozen=True, rename="camel"):
    granted_to_v2: _Named | None = msgspec.field(name="grantedToV2", default=None)
    granted_to_identities_v2: tuple[_Named, ...] | None = msgspec.field(name="grantedToIdentitiesV2", default=None)
    link: _Link | None = None

    @property
    def named(self) -> tuple[_Named, ...]:
        """Whoever it is for, and whoever a link names."""
        return (*((self.granted_to_v2,) if self.granted_to_v2 else ()), *(self.granted_to_identities_v2 or ()))


class _Permissions(msgspec.Struct, frozen=True):
    value: tuple[_Permission, ...] = ()
    next: str = msgspec.field(name="@odata.nextLink", default="")


async def readers_of(calls: Calls, drive: str) -> Readers:
    """Everybody who is named. Raises LibraryAway or LibraryDenied."""
    permissions = [one async for one in _permissions(calls, drive)]
    named = [one for permission in permissions for one in permission.named]
    everyone = {name: None for one in named if (name := _everybody(one))}
    rest = [one for one in named if not _everybody(one)]
    groups = {group.id: group for one in rest if (group := _group(one))}
    people = {person.id or person.email: person for one in rest if not _group(one) and (person := _person(one))}
    return Readers(
        people=tuple(people.values()),
        groups=tuple(groups.values()),
        everyone=tuple(everyone),
        links=tuple(dict.fromkeys(one.link.scope or "users" for one in permissions if one.link is not None)),
        hidden=not (people or groups or everyone),
    )


async def _permissions(calls: Calls, drive: str) -> AsyncIterator[_Permission]:
    link = f"{calls.settings.graph}/drives/{drive}/items/root/permissions"
    for _ in range(MOST_PAGES):
        page = await _page(calls, link)
        for permission in page.value:
            yield permission
        if not page.next:
            return
        if not is_graph(page.next, calls.settings):
            break
        link = page.next
    raise LibraryAway("the permissions do not come to an end")


async def _page(calls: Calls, link: str) -> _Permissions:
    return (await calls.graph(lambda requests: requests.page(link), PERMISSION)).read(_Permissions)


def _everybody(named: _Named) -> str:
    """What stands for everybody, by the claim or by its name."""
    for one in (named.site_user, named.user, named.group, named.site_group):
        if one and (one.name.lower() in ALL_NAMES or any(claim in one.claim for claim in ALL_CLAIMS)):
            return one.name or "everybody in the tenant"
    return ""


def _group(named: _Named) -> ReadingGroup | None:
    for one in (named.group, named.share_point_group, named.site_group):
        if one is not None:
            return ReadingGroup(id=one.id or one.name, name=one.name)
    one = named.site_user
    if one is None or named.user is not None or "|" not in one.claim or MEMBER in one.claim:
        return None
    return ReadingGroup(id=one.claim.rpartition("|")[2], name=one.name)


def _person(named: _Named) -> Reader | None:
    """Their object id and e-mail address, from whichever of the two says so."""
    both = [one for one in (named.user, named.site_user) if one is not None]
    if not both:
        return None
    email = next((one.email for one in both if one.email), "") or _signs_in_as(both[-1].claim)
    name = next((one.name for one in both if one.name), "")
    return Reader(id=(named.user.id if named.user else "") or "", email=email, name=name)


def _signs_in_as(claim: str) -> str:
    """The address in `i:0#.f|membership|name@council.example`; of a guest, their own."""
    name = claim.partition(MEMBER)[2]
    if GUEST not in name:
        return name
    before, _, host = name.partition(GUEST)[0].rpartition("_")
    return f"{before}@{host}"
