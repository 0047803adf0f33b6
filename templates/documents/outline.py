"""What a document says, part by part, as digests: enough to tell later what somebody changed, and nothing of what it says."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

WHOLE = "document"


def outline_of(content: bytes) -> dict[str, str]:
    """Each part's name with a digest of its text. Files that are not of Word have one part."""
    return {WHOLE: hashlib.sha256(content).hexdigest()}


def changed_parts(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """The parts that differ, in the order of the newer one, and then those that are gone."""
    return tuple(name for name in {**after, **before} if before.get(name) != after.get(name))
