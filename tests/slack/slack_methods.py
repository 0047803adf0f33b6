"""The arguments and the pace of each method the fake knows. Sources: docs.slack.dev/reference/methods/METHOD, one page each."""

from __future__ import annotations

import msgspec

TIER_3, TIER_4 = 50, 100
"""Calls a minute, of one method in one workspace. Slack says "50+" and "100+": a fake counts on no more."""
HUNDREDS = 200
"""`auth.test`: "hundreds of requests per minute"."""

ANYWHERE = frozenset({"team_id"})
"""The SDK sends it with every call that bolt's own client makes; it matters to tokens of whole organisations alone."""


class Method(msgspec.Struct, frozen=True, kw_only=True):
    """What a method takes. `json` are arguments that hold JSON; a form carries them as text."""

    needs: frozenset[str] = frozenset()
    takes: frozenset[str] = frozenset()
    json: frozenset[str] = frozenset()
    minute: int = TIER_4
    get: bool = False
    """It may be asked for with GET."""
    form: bool = False
    """It reads no JSON: what stands there is not seen."""

    def unknown(self, arguments: dict[str, object]) -> list[str]:
        """What it does not take."""
        return sorted(arguments.keys() - self.needs - self.takes - ANYWHERE)

    def missing(self, arguments: dict[str, object]) -> list[str]:
        """What it cannot do without."""
        return sorted(name for name in self.needs if arguments.get(name) in (None, ""))


def _method(
    needs: str = "", takes: str = "", *, json: str = "", minute: int = TIER_4, get: bool = False, form: bool = False
) -> Method:
    return Method(
        needs=frozenset(needs.split()),
        takes=frozenset(takes.split()),
        json=frozenset(json.split()),
        minute=minute,
        get=get,
        form=form,
    )


_LOOKS = "icon_emoji icon_url link_names parse username"
_SAID = "attachments blocks markdown_text text metadata"
_JSON = "attachments blocks metadata"

METHODS: dict[str, Method] = {
    "apps.connections.open": _method(minute=TIER_3),
    "auth.test": _method(minute=HUNDREDS, get=True),
    "chat.delete": _method("channel ts", "as_user", minute=TIER_3),
    "chat.postEphemeral": _method("channel user", f"as_user thread_ts {_SAID} {_LOOKS}", json=_JSON),
    "chat.postMessage": _method(
        "channel",
        f"as_user mrkdwn reply_broadcast thread_ts unfurl_links unfurl_media {_SAID} {_LOOKS}",
        json=_JSON,
    ),
    "chat.update": _method(
        "channel ts", f"as_user file_ids link_names parse reply_broadcast {_SAID}", json=_JSON, minute=TIER_3
    ),
    "conversations.open": _method("", "channel prevent_creation return_im users", minute=TIER_3),
    "files.completeUploadExternal": _method(
        "files", "blocks channel_id channels initial_comment thread_ts", json="files blocks"
    ),
    "files.getUploadURLExternal": _method("filename length", "alt_txt snippet_type", get=True, form=True),
    "files.info": _method("file", "cursor limit", get=True, form=True),
    "users.info": _method("user", "include_locale", get=True, form=True),
    "views.open": _method("view", "interactivity_pointer trigger_id", json="view"),
    "views.publish": _method("user_id view", "hash interactivity_pointer", json="view"),
    "views.push": _method("view", "interactivity_pointer trigger_id", json="view"),
    "views.update": _method("view", "external_id hash view_id", json="view"),
}
