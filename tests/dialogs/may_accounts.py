"""Who may link accounts, and say where to be written to: everybody with any standing."""

from __future__ import annotations

from may_referral import INSIDE

from dialogs.accounts.acts import PRESSES

MAY: dict[str, set[str]] = dict.fromkeys(PRESSES, INSIDE)
INTENDED: dict[str, tuple[str, set[str]]] = {
    "link_accounts": ("link my accounts", INSIDE),
    "unlink_accounts": ("unlink my accounts", INSIDE),
    "write_in_teams": ("write to me in Teams", INSIDE),
    "write_in_slack": ("write to me in Slack", INSIDE),
}
