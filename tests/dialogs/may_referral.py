"""Who may press and ask what, about referrals, people and channels. Each package of dialogs has such a table of its own."""

from __future__ import annotations

ROLES = ("coordinator", "manager", "agency_lead", "deputy", "auditor", "practitioner", "stranger")
EVERYBODY = set(ROLES)
INSIDE = EVERYBODY - {"stranger"}
MAY = {
    "begin_referral": INSIDE,
    "start_referral": INSIDE,
    "start_restricted": INSIDE,
    "on_behalf": {"coordinator"},
    "my_referrals": INSIDE,
    "resume_last": INSIDE,
    "open_referrals": {"coordinator", "manager"},
    "open_case": {"coordinator"},
    "add_person": {"coordinator"},
    "make_code": {"coordinator"},
    "remove_person": {"coordinator"},
    "do_remove": {"coordinator"},
    "confirm_role": {"coordinator", "manager"},
    "refuse_role": {"coordinator", "manager"},
    "confirm_channel": {"coordinator"},
    "untie_channel": {"coordinator"},
    "help": EVERYBODY,
    "mine": INSIDE,
}
INTENDED = {
    "refer": ("refer a child", INSIDE),
    "my_referrals": ("my referrals", INSIDE),
    "resume": ("carry on", INSIDE),
    "cancel": ("never mind", EVERYBODY),
    "open_referrals": ("open referrals", {"coordinator", "manager"}),
    "open_case": ("open NS-2026-0001", {"coordinator"}),
    "on_behalf": ("enter a referral on behalf of someone", {"coordinator"}),
    "tie_channel": ("tie this channel", {"coordinator"}),
    "add_person": ("add person", {"coordinator"}),
    "remove_person": ("remove a person", {"coordinator"}),
    "help": ("help", EVERYBODY),
}
