"""What becomes of a message that somebody types: Slack escapes three characters, and links addresses by itself.

Source: docs.slack.dev, "Formatting message text" (Escaping text; Retrieving formatted messages).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_LINKED = re.compile(
    r"(?P<url>https?://[^\s<>|]*[\w/])|(?P<www>www\.[^\s<>|]*[\w/])|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)|@(?P<who>[\w.-]*\w)"
)


def escaped(text: str) -> str:
    """The three characters that mean something in Slack's own text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def typed(text: str, people: Mapping[str, str]) -> tuple[str, list[dict[str, Any]]]:
    """The text and the block of a typed message. `people` are ids by name, for what begins with an @."""
    runs = list(_runs(text, people))
    section = {"type": "rich_text_section", "elements": [run for _, run in runs]}
    return "".join(shown for shown, _ in runs), [{"type": "rich_text", "block_id": "ezJ", "elements": [section]}]


def _runs(text: str, people: Mapping[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each piece as the text has it, and as an element."""
    end = 0
    for found in _LINKED.finditer(text):
        if (run := _run(found, people)) is None:
            continue
        if before := text[end : found.start()]:
            yield escaped(before), {"type": "text", "text": before}
        yield run
        end = found.end()
    if rest := text[end:]:
        yield escaped(rest), {"type": "text", "text": rest}


def _run(found: re.Match[str], people: Mapping[str, str]) -> tuple[str, dict[str, Any]] | None:
    whole, kind = found.group(), found.lastgroup
    if kind == "url":
        return f"<{escaped(whole)}>", {"type": "link", "url": whole}
    if kind == "www":
        return f"<http://{escaped(whole)}|{escaped(whole)}>", {"type": "link", "url": f"http://{whole}", "text": whole}
    if kind == "mail":
        return f"<mailto:{whole}|{whole}>", {"type": "link", "url": f"mailto:{whole}", "text": whole}
    person = people.get(found["who"])
    return (f"<@{person}>", {"type": "user", "user_id": person}) if person else None
