"""Conditions of the partial indexes. SQLite uses such an index only where a query repeats its condition to the letter."""

from __future__ import annotations

OPEN_DEADLINE = '"met" IS NULL'
QUEUED = "\"status\" = 'queued'"
PUT_OFF = "\"status\" = 'put_off'"
HAS_CASE = "\"case\" <> ''"
DOCUMENT = "\"kind\" = 'document'"
WAITING = "\"status\" IN ('queued', 'sending')"

AT_AN_END = ("closed", "withdrawn", "joined", "handed_over", "stood_down")
"""States of a case in which nobody has anything left to do. `not_notified` is not one: the coordinator closes it."""

OPEN_CASE = '"status" NOT IN ({})'.format(", ".join(f"'{state}'" for state in AT_AN_END))

REQUEST_AT_AN_END = ("accepted", "withdrawn")
"""States of a request in which nobody has anything left to do."""

OPEN_REQUEST = '"state" NOT IN ({})'.format(", ".join(f"'{state}'" for state in REQUEST_AT_AN_END))
HANDED = "\"handed_to\" <> ''"
CHASED = '"next_at" IS NOT NULL'
OPEN_DRAFT = "\"status\" IN ('open', 'paused')"
REQUEST_WAITS = ("sent", "opened", "drafting", "awaiting_sign_off", "sent_back")
"""States of a request in which its return is outstanding."""

NOT_MAILED = '"delivery" = \'email\' AND "emailed_at" IS NULL AND "state" IN ({})'.format(
    ", ".join(f"'{state}'" for state in REQUEST_WAITS)
)
"""A request by e-mail that waits for its return, and of which nobody has said that it went."""
LINKED = '"confirmed_at" IS NOT NULL AND "ended_at" IS NULL'
"""An account that is another one of somebody's now."""
OPEN_NOTICE = '"settled_at" IS NULL'

UNSETTLED = """("status" IN ('referred', 'deciding', 'more_information')
    OR ("la_aware_at" IS NULL AND "status" IN ('notified', 'reviewing')))"""
"""A case that nobody has read or decided, or of which nobody has said when the local authority knew."""
UNOWNED_KINDS = (
    "looked_after_death_notice",
    "looked_after_death_notice_by_placing_authority",
    "care_leaver_death_notice",
    "child_death_review",
    "hand_to_authority_where_it_happened",
    "inform_home_authority",
)
"""Duties with a date. A test holds them to those that the dialogs count."""
UNOWNED = '"owner" = \'coordinator\' AND "kind" IN ({})'.format(", ".join(f"'{kind}'" for kind in UNOWNED_KINDS))
"""A notice that nobody was named for: it is the coordinator's to give out."""
MISSED = "\"status\" IN ('dead', 'uncertain')"
"""What did not get through, or of which nobody knows whether it did."""
HANDED_OVER = "\"outcome\" = 'handed_over'"
"""What is kept of a case that another area has: when it was settled is when they had it."""
UNTOLD = "\"state\" <> 'told'"
"""What was seen in a library and is not told yet."""
