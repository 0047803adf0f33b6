"""What Slack refuses in blocks and views: a fake of ours refuses the same, and every test of the renderer asks here.

Each rule is from docs.slack.dev, "Block Kit" and "Views", and from the constants of slack_sdk.models. The two that Slack names
nowhere say so.
An answer looks like Slack's own: `must be less than 76 characters [json-pointer:/blocks/1/elements/0/text/text]`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Thing = Mapping[str, Any]

MOST_IN_MESSAGE = 50
MOST_IN_VIEW = 100
LARGEST_VIEW = 250_000
"""Bytes of a view's JSON: views.open answers `view_too_large` above."""
LARGEST_MESSAGE = 13_000
"""Characters of a message's JSON without its options. Slack names no such limit, yet answers `msg_blocks_too_long` from about
there (slackapi/bolt-js, issues 2509 and 2867)."""
LONGEST_TEXT = 3_000
LONGEST_ID = 255

_KEYS: dict[str, tuple[str, str]] = {
    "actions": ("elements", "block_id"),
    "button": ("text action_id", "value style accessibility_label url confirm"),
    "checkboxes": ("options action_id", "initial_options focus_on_load"),
    "context": ("elements", "block_id"),
    "divider": ("", "block_id"),
    "header": ("text", "block_id"),
    "image": ("alt_text", "image_url slack_file title block_id"),
    "input": ("label element", "block_id hint optional dispatch_action"),
    "mrkdwn": ("text", "verbatim"),
    "multi_static_select": ("action_id", "options option_groups initial_options placeholder max_selected_items focus_on_load"),
    "plain_text": ("text", "emoji"),
    "plain_text_input": ("action_id", "initial_value multiline min_length max_length placeholder focus_on_load"),
    "radio_buttons": ("options action_id", "initial_option focus_on_load"),
    "rich_text": ("elements", "block_id"),
    "rich_text_list": ("elements style", "indent offset border"),
    "rich_text_preformatted": ("elements", "border"),
    "rich_text_quote": ("elements", "border"),
    "rich_text_section": ("elements", ""),
    "section": ("", "text fields accessory block_id expand"),
    "static_select": ("action_id", "options option_groups initial_option placeholder focus_on_load"),
    "text": ("text", "style"),
    "link": ("url", "text unsafe style"),
}
"""For each type what it must have and what it may have."""
_LAYOUT = frozenset({"actions", "context", "divider", "header", "image", "input", "rich_text", "section"})
_CHOSEN = frozenset({"checkboxes", "multi_static_select", "radio_buttons", "static_select"})
_INPUTS = _CHOSEN | {"plain_text_input"}
_PRESSED = _CHOSEN | {"button"}
_RICH = frozenset({"rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote"})
_VIEW = "type blocks title submit close private_metadata callback_id clear_on_close notify_on_close external_id"
_HOME = "type blocks private_metadata callback_id external_id"


def problems_of_message(blocks: list[Any]) -> list[str]:
    """Why chat.postMessage would not take them: empty where it would."""
    found = list(_blocks(blocks, MOST_IN_MESSAGE))
    if len(json.dumps(_without_options(blocks), ensure_ascii=False, separators=(",", ":"))) > LARGEST_MESSAGE:
        found.append("msg_blocks_too_long")
    return found


def problems_of_view(view: Thing) -> list[str]:
    """Why views.open, views.update or views.publish would not take it: empty where they would."""
    home = view.get("type") == "home"
    found = list(_unknown(view, set((_HOME if home else _VIEW).split()), ""))
    if view.get("type") not in ("home", "modal"):
        found.append(f"unsupported type: {view.get('type')} [json-pointer:/type]")
    found += [] if home else _frame(view)
    found += _length(view.get("private_metadata", ""), 0, 3_000, "/private_metadata")
    found += _length(view.get("callback_id", ""), 0, LONGEST_ID, "/callback_id")
    found += _blocks(view.get("blocks"), MOST_IN_VIEW)
    if len(json.dumps(view, ensure_ascii=False, separators=(",", ":")).encode()) > LARGEST_VIEW:
        found.append("view_too_large")
    return found


def _frame(view: Thing) -> Iterator[str]:
    """What stands around the blocks of a modal."""
    yield from _plain(view.get("title"), 24, "/title")
    for name in ("submit", "close"):
        if name in view:
            yield from _plain(view[name], 24, f"/{name}")
    blocks = view.get("blocks")
    if "submit" not in view and isinstance(blocks, list) and any(block.get("type") == "input" for block in blocks):
        yield "missing required field: submit"
    yield from (
        f"must be true or false [json-pointer:/{name}]"
        for name in ("clear_on_close", "notify_on_close")
        if not isinstance(view.get(name, False), bool)
    )


def _blocks(blocks: Any, most: int) -> Iterator[str]:
    yield from _items(blocks, 1, most, "/blocks")
    listed = blocks if isinstance(blocks, list) else []
    for number, block in enumerate(listed):
        yield from _typed(block, _LAYOUT, f"/blocks/{number}")
    named = Counter(block["block_id"] for block in listed if isinstance(block, dict) and "block_id" in block)
    yield from (f"duplicate block_id: {name}" for name, times in named.items() if times > 1)


def _typed(thing: Any, allowed: frozenset[str], at: str) -> Iterator[str]:
    """A thing with a type: one that may stand here, with the fields that it needs and no others."""
    kind = thing.get("type") if isinstance(thing, dict) else None
    if kind not in allowed:
        yield f"unsupported type: {kind} [json-pointer:{at}/type]"
        return
    needed, more = (names.split() for names in _KEYS[kind])
    yield from _unknown(thing, {"type", *needed, *more}, at)
    missing = [name for name in needed if name not in thing]
    yield from (f"missing required field: {name} [json-pointer:{at}]" for name in missing)
    for name in ("block_id", "action_id"):
        if name in thing:
            yield from _length(thing[name], 1, LONGEST_ID, f"{at}/{name}")
    if not missing and kind in _RULES:
        yield from _RULES[kind](thing, at)


def _unknown(thing: Thing, known: set[str], at: str) -> Iterator[str]:
    yield from (f"invalid additional property: {name} [json-pointer:{at}]" for name in thing if name not in known)


def _length(text: Any, least: int, most: int, at: str) -> Iterator[str]:
    if not isinstance(text, str):
        yield f"must provide a string [json-pointer:{at}]"
    elif len(text.strip()) < least:
        yield f"must be more than {least - 1} characters [json-pointer:{at}]"
    elif len(text) > most:
        yield f"must be less than {most + 1} characters [json-pointer:{at}]"


def _items(items: Any, least: int, most: int, at: str) -> Iterator[str]:
    if not isinstance(items, list):
        yield f"must provide a list [json-pointer:{at}]"
    elif len(items) < least:
        yield f"no fewer than {least} items allowed [json-pointer:{at}]"
    elif len(items) > most:
        yield f"no more than {most} items allowed [json-pointer:{at}]"


def _plain(text: Any, most: int, at: str) -> Iterator[str]:
    """A plain text object."""
    yield from _typed(text, frozenset({"plain_text"}), at)
    if isinstance(text, dict) and "text" in text:
        yield from _length(text["text"], 0, most, f"{at}/text")


def _text_object(thing: Thing, at: str) -> Iterator[str]:
    yield from _length(thing["text"], 1, LONGEST_TEXT, f"{at}/text")
    if not isinstance(thing.get("emoji", False), bool):
        yield f"must be true or false [json-pointer:{at}/emoji]"


def _actions(thing: Thing, at: str) -> Iterator[str]:
    yield from _items(thing["elements"], 1, 25, f"{at}/elements")
    for number, element in enumerate(thing["elements"]):
        yield from _typed(element, _PRESSED, f"{at}/elements/{number}")
    named = Counter(element.get("action_id") for element in thing["elements"])
    yield from (f"duplicate action_id: {name} [json-pointer:{at}]" for name, times in named.items() if times > 1)


def _button(thing: Thing, at: str) -> Iterator[str]:
    yield from _plain(thing["text"], 75, f"{at}/text")
    yield from _length(thing.get("value", ""), 0, 2_000, f"{at}/value")
    yield from _length(thing.get("accessibility_label", ""), 0, 75, f"{at}/accessibility_label")
    if thing.get("style", "primary") not in ("primary", "danger"):
        yield f"unsupported style [json-pointer:{at}/style]"


def _context(thing: Thing, at: str) -> Iterator[str]:
    yield from _items(thing["elements"], 1, 10, f"{at}/elements")
    for number, element in enumerate(thing["elements"]):
        yield from _typed(element, frozenset({"plain_text", "mrkdwn", "image"}), f"{at}/elements/{number}")


def _header(thing: Thing, at: str) -> Iterator[str]:
    yield from _plain(thing["text"], 150, f"{at}/text")


def _image(thing: Thing, at: str) -> Iterator[str]:
    yield from _length(thing["alt_text"], 1, 2_000, f"{at}/alt_text")
    if ("image_url" in thing) == ("slack_file" in thing):
        yield f"must have an image_url or a slack_file [json-pointer:{at}]"
    if "title" in thing:
        yield from _plain(thing["title"], 2_000, f"{at}/title")


def _input(thing: Thing, at: str) -> Iterator[str]:
    yield from _plain(thing["label"], 2_000, f"{at}/label")
    if "hint" in thing:
        yield from _plain(thing["hint"], 2_000, f"{at}/hint")
    yield from _typed(thing["element"], _INPUTS, f"{at}/element")


def _plain_text_input(thing: Thing, at: str) -> Iterator[str]:
    most = thing.get("max_length", 3_000)
    if not 1 <= most <= 3_000:
        yield f"must be between 1 and 3000 [json-pointer:{at}/max_length]"
    yield from _length(thing.get("initial_value", ""), 0, most, f"{at}/initial_value")


def _few(thing: Thing, at: str) -> Iterator[str]:
    """Radio buttons and tick boxes."""
    yield from _options(thing["options"], 10, f"{at}/options")
    yield from _chosen(thing, thing["options"], at)


def _many(thing: Thing, at: str) -> Iterator[str]:
    """Lists that open."""
    if ("options" in thing) == ("option_groups" in thing):
        yield f"must have options or option_groups [json-pointer:{at}]"
        return
    groups = thing.get("option_groups", [])
    if groups:
        yield from _items(groups, 1, 100, f"{at}/option_groups")
    for number, group in enumerate(groups):
        yield from _plain(group.get("label"), 75, f"{at}/option_groups/{number}/label")
        yield from _options(group.get("options"), 100, f"{at}/option_groups/{number}/options")
    if "options" in thing:
        yield from _options(thing["options"], 100, f"{at}/options")
    offered = thing.get("options") or [option for group in groups for option in group.get("options", ())]
    yield from _chosen(thing, offered, at)
    if "placeholder" in thing:
        yield from _plain(thing["placeholder"], 150, f"{at}/placeholder")


def _options(options: Any, most: int, at: str) -> Iterator[str]:
    yield from _items(options, 1, most, at)
    for number, option in enumerate(options if isinstance(options, list) else ()):
        yield from _unknown(option, {"text", "value", "description"}, f"{at}/{number}")
        yield from _plain(option.get("text"), 75, f"{at}/{number}/text")
        yield from _length(option.get("value"), 1, 150, f"{at}/{number}/value")


def _chosen(thing: Thing, offered: Any, at: str) -> Iterator[str]:
    """What is chosen at first is one of the options, word for word, and each option is another one."""
    first = thing.get("initial_options", [thing["initial_option"]] if "initial_option" in thing else None)
    if first is not None and (not first or any(option not in offered for option in first)):
        yield f"must be one of the options [json-pointer:{at}/initial_options]"
    values = Counter(option.get("value") for option in offered)
    yield from (f"duplicate value: {value} [json-pointer:{at}]" for value, times in values.items() if times > 1)


def _rich_text(thing: Thing, at: str) -> Iterator[str]:
    """Slack names no limit for one; ours is that of a text object."""
    yield from _items(thing["elements"], 1, 1_000, f"{at}/elements")
    for number, element in enumerate(thing["elements"]):
        yield from _typed(element, _RICH, f"{at}/elements/{number}")
    if sum(len(text) for text in texts_of(thing)) > LONGEST_TEXT:
        yield f"must be less than {LONGEST_TEXT + 1} characters [json-pointer:{at}]"


def _rich_list(thing: Thing, at: str) -> Iterator[str]:
    if thing["style"] not in ("bullet", "ordered"):
        yield f"unsupported style [json-pointer:{at}/style]"
    yield from _items(thing["elements"], 1, 1_000, f"{at}/elements")
    for number, element in enumerate(thing["elements"]):
        yield from _typed(element, frozenset({"rich_text_section"}), f"{at}/elements/{number}")


def _rich_runs(thing: Thing, at: str) -> Iterator[str]:
    """An empty run is refused; one of spaces alone is not."""
    yield from _items(thing["elements"], 1, 1_000, f"{at}/elements")
    for number, element in enumerate(thing["elements"]):
        yield from _typed(element, frozenset({"text", "link"}), f"{at}/elements/{number}")
        if element.get("type") == "text" and not element.get("text"):
            yield f"must be more than 0 characters [json-pointer:{at}/elements/{number}/text]"
        if set(element.get("style", {})) - {"bold", "italic", "strike", "code"}:
            yield f"unsupported style [json-pointer:{at}/elements/{number}/style]"


def _section(thing: Thing, at: str) -> Iterator[str]:
    if "text" not in thing and "fields" not in thing:
        yield f"missing required field: text [json-pointer:{at}]"
    if "text" in thing:
        yield from _typed(thing["text"], frozenset({"plain_text", "mrkdwn"}), f"{at}/text")
    for number, field in enumerate(thing.get("fields", ())):
        yield from _typed(field, frozenset({"plain_text", "mrkdwn"}), f"{at}/fields/{number}")
        yield from _length(field.get("text"), 1, 2_000, f"{at}/fields/{number}/text")
    yield from _items(thing.get("fields", []), 0, 10, f"{at}/fields")
    if "accessory" in thing:
        yield from _typed(thing["accessory"], _PRESSED | {"image"}, f"{at}/accessory")


_RULES: dict[str, Callable[[Thing, str], Iterator[str]]] = {
    "actions": _actions,
    "button": _button,
    "checkboxes": _few,
    "context": _context,
    "header": _header,
    "image": _image,
    "input": _input,
    "mrkdwn": _text_object,
    "multi_static_select": _many,
    "plain_text": _text_object,
    "plain_text_input": _plain_text_input,
    "radio_buttons": _few,
    "rich_text": _rich_text,
    "rich_text_list": _rich_list,
    "rich_text_preformatted": _rich_runs,
    "rich_text_quote": _rich_runs,
    "rich_text_section": _rich_runs,
    "section": _section,
    "static_select": _many,
}


def texts_of(thing: Any) -> Iterator[str]:
    """Every text that is read there, in order."""
    if isinstance(thing, dict):
        for name, inner in thing.items():
            if name in ("text", "initial_value", "alt_text") and isinstance(inner, str):
                yield inner
            elif name not in ("initial_option", "initial_options"):
                yield from texts_of(inner)
    elif isinstance(thing, list):
        for inner in thing:
            yield from texts_of(inner)


def _without_options(thing: Any) -> Any:
    """Options have limits of their own."""
    if isinstance(thing, dict):
        return {name: _without_options(inner) for name, inner in thing.items() if name not in ("options", "option_groups")}
    return [_without_options(inner) for inner in thing] if isinstance(thing, list) else thing
