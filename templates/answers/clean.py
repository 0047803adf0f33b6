"""Text as it comes in at the door, made safe to keep, to print and to send on, with nothing else lost.

What goes, and why:
- `\\r\\n`, `\\r`, vertical tab, form feed, U+0085, U+2028 and U+2029 become `\\n`: one line end everywhere (Word has several).
- C0 and C1 control characters other than newline and tab, and DEL: XML 1.0, so Word, cannot hold most of them.
- Lone surrogates: they are no characters and cannot be written as UTF-8.
- Noncharacters (U+FDD0 to U+FDEF, and the last two of every plane): Unicode keeps them for inside programs; XML refuses U+FFFE.
- Bidi embeddings, overrides and isolates (U+202A to U+202E, U+2066 to U+2069): one left open turns round what is printed after
  it, so that a name or date can read as another in Word or Teams. Right-to-left text needs none of them: the letters carry
  their own direction, and the marks U+200E, U+200F and U+061C, which only nudge their neighbours, stay.

Everything else stays: every script, combining marks, emoji with their joiners and selectors, odd spaces. Nothing is trimmed.
"""

from __future__ import annotations

import re

from templates.answers.asking import Refusal

MOST_CHARACTERS = 200_000
"""The longest answer, in characters. A longer one is refused with the reason; it is never cut."""

_PLANE_ENDS = "".join(chr(plane * 0x10000 + low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_DROPPED = re.compile(
    f"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\u202a-\u202e\u2066-\u2069{_PLANE_ENDS}]"
)


def clean(text: str) -> str:
    """The text with one kind of line end, without what this file's heading lists. Cleaning twice is cleaning once."""
    if text.isascii() and text.isprintable():
        return text
    return _LINE_END.sub("\n", _DROPPED.sub("", text))


def check_length(text: str, most: int | None = None) -> None:
    """Raises Refusal for a text longer than `most` (or than any answer may be), saying both lengths."""
    limit = MOST_CHARACTERS if most is None else min(most, MOST_CHARACTERS)
    if len(text) > limit:
        raise Refusal("too_long", length=f"{len(text):,}", most=f"{limit:,}")
