"""QuickXorHash against values that other clients of OneDrive are tested with."""

from __future__ import annotations

import base64
import random

import pytest
from quick_xor import SHIFT, WIDTH, quick_xor_hash

KNOWN = {
    "": "AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "Sg==": "SgAAAAAAAAAAAAAAAQAAAAAAAAA=",
    "tbQ=": "taAFAAAAAAAAAAAAAgAAAAAAAAA=",
    "eAV52qE=": "eChAHrQRCgAAAAAABQAAAAAAAAA=",
    "XoJ1AsoR4fDYJrDqYs4=": "XhBEHQSgjAiEAx7YPgEs1CEGZwA=",
    "gQaybEqS/4UlDc8e4IJm": "gDCALNigBEn8oxAlZ8AzPAAOQZg=",
    "2fuxhBJXtpWFe8dOfdGeHw==": "O9tHLAghgSvYohKFyMMxnNCHaHg=",
}


@pytest.mark.parametrize("content", KNOWN)
def test_known_values(content: str) -> None:
    assert quick_xor_hash(base64.b64decode(content)) == KNOWN[content]


@pytest.mark.parametrize("length", [159, 160, 161, 320, 1000])
def test_long_contents_go_round_the_circle_bit_by_bit(length: int) -> None:
    content = random.Random(length).randbytes(length)
    bits = [0] * WIDTH
    for place, byte in enumerate(content):
        for bit in range(8):
            bits[(place * SHIFT + bit) % WIDTH] ^= byte >> bit & 1
    circle = sum(bit << place for place, bit in enumerate(bits)) ^ (length << (WIDTH - 64))
    assert base64.b64decode(quick_xor_hash(content)) == circle.to_bytes(WIDTH // 8, "little")
