"""quickXorHash, with which SharePoint says what arrived.

Source: learn.microsoft.com, OneDrive API, "Code snippets: QuickXorHash algorithm". The one library on PyPI (quickxorhash
1.0.5, of 2022) has to be compiled where it is installed; the algorithm is these few lines.
"""

from __future__ import annotations

import base64

BITS, SHIFT, LENGTH = 160, 11, 8
"""Width of the circle, how far each byte is turned against the one before, and bytes at its end that the length lies over."""
CIRCLE = (1 << BITS) - 1


def quick_xor_hash(content: bytes) -> str:
    """The hash as Graph writes it (`file.hashes.quickXorHash`)."""
    circle = 0
    for number, byte in enumerate(_folded(content)):
        turned = byte << (SHIFT * number % BITS)
        circle ^= (turned & CIRCLE) ^ (turned >> BITS)
    circle ^= len(content) << (BITS - 8 * LENGTH)
    return base64.b64encode(circle.to_bytes(BITS // 8, "little")).decode()


def _folded(content: bytes) -> bytes:
    """The content laid over itself: bytes that are 160 apart are turned equally far, so they meet before they are turned."""
    while len(content) > BITS:
        half = -(-len(content) // (2 * BITS)) * BITS
        content = _over(content[:half], content[half:])
    return content


def _over(first: bytes, second: bytes) -> bytes:
    both = int.from_bytes(first, "little") ^ int.from_bytes(second, "little")
    return both.to_bytes(len(first), "little")
