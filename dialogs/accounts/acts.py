"""What can be pressed and asked about accounts in several channels."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.accounts import linking, unlinking, writing
from dialogs.acts import Act, Intent
from state.values import Channel

PRESSES: Mapping[str, Act] = {
    "link_accounts": Act(do=linking.make_code),
    "confirm_account": Act(do=linking.confirm, people=True, accounts=True),
    "refuse_account": Act(do=linking.refuse, accounts=True),
    "write_in": Act(do=writing.write_in, accounts=True),
    "unlink_account": Act(do=unlinking.unlink, accounts=True),
    "keep_account": Act(do=unlinking.keep),
}
INTENTS: Mapping[str, Intent] = {
    "link_accounts": Intent(do=linking.make_code),
    "unlink_accounts": Intent(do=unlinking.which, accounts=True),
    "write_in_teams": Intent(do=writing.asked_to(Channel.TEAMS.value), accounts=True),
    "write_in_slack": Intent(do=writing.asked_to(Channel.SLACK.value), accounts=True),
}
