"""What a person typed, out of what Slack makes of it: links, addresses and mentions as they stood in their message.

Source: docs.slack.dev, "Formatting message text" (escaping, links, mentions).
"""

from __future__ import annotations

import re

from templates.answers.clean import clean

_MARKED = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_HIDDEN = ("mailto:", "tel:")


def spoken(text: str, bot: str) -> str:
    """The message without the mention of us, as it was typed. Somebody else who is mentioned stays as Slack's id of them."""
    return clean(plain(_MARKED.sub(lambda found: _as_typed(found[1], found[2] or "", bot), text)).strip())


def plain(text: str) -> str:
    """The three characters that Slack writes in another way."""
    for written, meant in _ENTITIES:
        text = text.replace(written, meant)
    return text


def _as_typed(what: str, label: str, bot: str) -> str:
    if what.startswith("@"):
        return "" if what == f"@{bot}" else f"@{label or what[1:]}"
    if what.startswith(("#", "!")):
        return f"{what[0].replace('!', '@')}{label or what[1:]}"
    address = next((what.removeprefix(start) for start in _HIDDEN if what.startswith(start)), what)
    return label or address
