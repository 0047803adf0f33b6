"""Which requests to organisations are looked for, over all cases."""

from __future__ import annotations

import msgspec


class RequestsOf(msgspec.Struct, frozen=True, kw_only=True):
    """Requests to organisations over all cases, closed ones too, as far as the person may know of each case.

    `since` and `until` bound when they were sent, as UTC texts: from the first, before the second.
    """

    organisations: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    """Kinds: every organisation of them, ended ones too."""
    own: bool = False
    """The organisations that the person answers for, beside those named."""
    everybody: bool = False
    """All organisations."""
    else_everybody: bool = False
    """All organisations too, where the person answers for none."""
    typed: str = ""
    """What was typed, in small letters: an organisation that it calls by its own name is meant as well."""
    since: str = ""
    until: str = ""
    waiting: bool = False
    """Only those that wait for an answer."""
    in_channel: bool = False
    """Others read along: no restricted case."""
    now: str = ""
    """The instant at which it is asked: somebody may have been on a list only until then."""
