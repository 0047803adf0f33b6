"""QuickXorHash, the only hash that SharePoint gives of a file.

Written from its description: learn.microsoft.com/onedrive/developer/code-snippets/quickxorhash.
"""

from __future__ import annotations

import base64

import numpy as np

WIDTH, SHIFT = 160, 11


def quick_xor_hash(content: bytes) -> str:
    """Each byte goes in 11 bits further along a circle of 160; the length goes over its last 64."""
    padded = content + bytes(-len(content) % WIDTH)
    lanes = np.bitwise_xor.reduce(np.frombuffer(padded, dtype=np.uint8).reshape(-1, WIDTH), axis=0) if padded else []
    circle = 0
    for place, lane in enumerate(lanes):
        circle ^= int(lane) << (place * SHIFT % WIDTH)
    circle = (circle & ((1 << WIDTH) - 1)) ^ (circle >> WIDTH)
    circle ^= len(content) << (WIDTH - 64)
    return base64.b64encode(circle.to_bytes(WIDTH // 8, "little")).decode()
