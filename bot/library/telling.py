"""What went wrong with a library, in the delivery ledger's terms."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.doors import NotDelivered
from bot.library.storage import Gone, Held, LibraryAway, LibraryDenied, LibraryProblem

AWAY, HELD, DENIED = 60.0, 60.0, 300.0
"""Seconds until it is tried again, where the library does not say."""


@contextmanager
def as_not_delivered() -> Iterator[None]:
    """Raises NotDelivered for each LibraryProblem within."""
    try:
        yield
    except LibraryAway as away:
        raise NotDelivered("delivery.library_away", again_after=away.again_after or AWAY) from away
    except Held as held:
        raise NotDelivered("delivery.file_held", again_after=held.again_after or HELD) from held
    except LibraryDenied as denied:
        raise NotDelivered("delivery.library_denied", again_after=DENIED) from denied
    except Gone as gone:
        raise NotDelivered("delivery.file_gone") from gone
    except LibraryProblem as problem:
        raise NotDelivered("delivery.fault") from problem
