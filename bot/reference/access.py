"""docs/access.md: the access table, in words."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import dialogs
from bot.reference.markdown import code, page, table
from state.access import NEEDS_SECOND_PERSON, TABLE, Role

ACTIONS: Mapping[str, str] = {
    "raise_referral": "Raise a referral",
    "change_referral": "Read and change a referral until it is sent",
    "withdraw_referral": "Ask to withdraw a referral",
    "see_own_referral": "See the state and the outcome of a referral",
    "enter_on_behalf": "Enter a referral on someone's behalf",
    "read_case": "Read what identifies a child in a referral or a case",
    "see_reference": "See references, dates and states, and nothing that identifies",
    "record_decision": "Record the decision, the notification, the Panel's reply, a closing",
    "restrict_case": "Restrict a case, or change its list of named people",
    "send_requests": "Choose organisations, send, withdraw, send back and accept requests",
    "open_request": "Open a request and write the return",
    "answer_nil_return": 'Say "not known to us"',
    "sign_off_return": "Sign a return off",
    "read_return": "Read a return",
    "run_meeting": "Set the meeting; build, circulate and send the pack",
    "write_panel_sections": "Write the panel's sections",
    "sign_off_review": "Sign the rapid review off",
    "chase": "Chase, snooze, hand to another",
    "commission_review": "Commission a review; letters, chronologies, learning",
    "update_action": "Update an action and give evidence",
    "tie_channel": "Tie a channel",
    "link_accounts": "Link one's own accounts in several channels, and unlink them",
    "grant_role": "Make a code that gives a role",
    "confirm_role": "Confirm somebody's role as the second person",
    "who_has_seen": "Ask who has seen a case",
    "read_history": "Read the history, verify it, export it",
    "dispose": "Dispose of records, set or lift a legal hold",
}
"""What each action of the table is, in plain words."""

RELATIONS: Mapping[str, str] = {
    "own": "about their own",
    "named": "who is on the case's list of named people",
    "organisation": "of that organisation",
}

RULES = f"""
Whatever is not in this table is refused. One function asks it for every command, button, window and file. A role
comes from a code that was used in chat (see [install.md](install.md)), never from a name or from what a card says.

- **Practitioner** is anyone from a tenant that the settings list, and anyone who has a role.
- A new {" or ".join(sorted(role.value for role in NEEDS_SECOND_PERSON))} has the role only once a second person has
  confirmed it.
- **Restricted**: on a restricted referral or case a role counts only for the people on its list. To everybody else it
  does not exist: not refused, but absent, from every answer, list and count.
- **Excluded**: a person who is part of a case has no access to it, whatever their role.
- A **removed** person is refused at their next message.
- What is refused is written to the history. Reading a referral is written to the history too.

"Asked today" says whether a conversation that exists by now asks for the action. The other rows wait for the work
that needs them.
"""


def access_page() -> str:
    """The page."""
    rows = [(ACTIONS[action], _who(grants), _asked(action), code(action)) for action, grants in TABLE.items()]
    roles = ", ".join(role.value.replace("_", " ") for role in Role)
    head = ("action", "who", "asked today", "name in the code")
    return page("Who may do what", RULES, f"Standing roles: {roles}.", table(head, rows))


def _who(grants: frozenset[str]) -> str:
    return "; ".join(sorted(_grant(grant) for grant in grants))


def _grant(grant: str) -> str:
    role, _, relation = grant.partition(":")
    if role == "anyone":
        return f"{relation.replace('_', ' ')} of that case"
    return f"{role.replace('_', ' ')} {RELATIONS.get(relation, relation)}".strip()


def _asked(action: str) -> str:
    """Whether some conversation names the action."""
    sources = Path(dialogs.__path__[0]).rglob("*.py")
    return "yes" if any(f'"{action}"' in source.read_text(encoding="utf-8") for source in sources) else "not yet"
