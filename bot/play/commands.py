"""The commands of a play, as data: what is typed, which buttons are then pressed, and what fills the fields on the way."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from bot.play.organisations import plain


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """One command. Everything is done as a person would: by typing, and by pressing what is offered."""

    phrase: str = ""
    """What is typed. `{reference}` is the case's."""
    said_with: Mapping[str, str] = {}
    """What is typed after it for an input; `{}` is the input. `case` is the case of the step."""
    button: str = ""
    """Pressed instead where a card there offers it: what stands on a card need not be typed."""
    form: str = ""
    """The command is this form: begun, filled in from the inputs, and sent."""
    presses: tuple[str, ...] = ()
    """Pressed wherever they are offered, the first one first, until none is."""
    only_with: Mapping[str, str] = {}
    """Buttons that are only pressed where the play has an input of that name."""
    must: tuple[str, ...] = ()
    """One of these has to be pressed, or the command did nothing."""
    inputs: Mapping[str, tuple[str, ...]] = {}
    """Names that plays have for a field, beside its own id."""
    rows: Mapping[str, tuple[str, tuple[str, ...]]] = {}
    """Fields that come once for each row of an input: the input, and the column's names."""
    from_place: str = ""
    """A field that is filled with the channel it is said in, where the play says nothing."""
    moments: Mapping[str, str] = {}
    """Fields that ask for a day and a time: the time where the play gives a day alone, or nothing where that will do."""
    defaults: Mapping[str, str] = {}
    """What a field is filled with where the play says nothing; several choices are kept apart by `|`."""
    people: Mapping[str, tuple[str, ...]] = {}
    """Fields filled with a person of the play where it says nothing: the first one of these kinds of agency."""
    skipped: frozenset[str] = frozenset()
    """Inputs that are no answers of its form."""
    first: tuple[str, ...] = ()
    """Commands that are done before it, unless the play expects to be refused."""
    then: Mapping[str, str] = {}
    """Commands that follow where the play has an input of that name."""


SEND_REQUESTS = Command(
    phrase="send requests {reference}",
    presses=(
        *("take_out", "what_is_told", "emailed", "send_now", "keep_involved", "keep_vetted", "choose_organisations"),
        *("confirm_requests", "vet_organisations", "keep_choice"),
    ),
    only_with={"what_is_told": "withhold", "take_out": "withhold", "choose_organisations": "organisations"},
    must=("send_now",),
    inputs={
        "organisations": ("to", "agencies", "ask"),
        "basis": ("lawful_basis",),
        "rows": ("withhold", "withheld"),
        "who": ("withhold_from", "from"),
        "reason": ("withhold_reason", "why"),
        "sent": ("emailed",),
    },
    rows={
        "involved": ("involved", ("organisation", "agency")),
        "excluded": ("involved", ("who", "excluded", "people", "person")),
        "why": ("involved", ("why", "reason")),
        "senior": ("involved", ("senior", "asked")),
    },
    defaults={
        "organisations": "all",
        "purpose": "To find out what each agency knows, so that the rapid review can be held in time.",
        "basis": "Working together to safeguard children: sections 16E to 16I of the Children Act 2004.",
        "reason": "This must stay private.",
        "why": "involved_practitioner",
        "senior": "email",
        "sent": "all",
    },
)
MEETING = Command(
    phrase="meeting {reference}",
    presses=("save_participant", "add_participant", "name_panel", "set_meeting"),
    only_with={"add_participant": "others", "save_participant": "others"},
    must=("name_panel",),
    moments={"starts": "10:00"},
    inputs={
        "starts": ("when", "date", "at", "starts_at", "day"),
        "length": ("minutes",),
        "venue": ("where", "place"),
        "delay": ("delay_reason", "reason"),
        "partner_local_authority": ("local_authority", "partners.local_authority"),
        "partner_icb": ("icb", "partners.icb"),
        "partner_police": ("police", "partners.police"),
        "panel": ("participants", "people", "members", "invites"),
    },
    defaults={"delay": "The panel could not meet earlier."},
    people={
        "partner_local_authority": ("childrens_social_care", "early_help", "adult_social_care"),
        "partner_icb": ("icb", "hospital_trust", "gp", "health_visiting", "midwifery"),
        "partner_police": ("police",),
    },
)
NOTIFIED = Command(
    phrase="notified {reference}",
    presses=("save_notified",),
    must=("save_notified",),
    moments={"notified_at": ""},
    inputs={
        "notified_at": ("at", "when", "date", "sent_at", "on"),
        "notification_reference": ("reference", "panel_reference"),
        "late_reason": ("reason", "why_late", "why"),
    },
    defaults={"notification_reference": "TEST-1"},
)
WITHOUT = Command(
    phrase="letter {reference}",
    presses=("go_without", "without_return"),
    inputs={"requests": ("without",), "reason": ("without_reason",)},
    defaults={"requests": "all", "reason": "It was asked for again and has not come. The meeting could not wait."},
)
SENT = Command(
    phrase="letter {reference}",
    button="mark_sent",
    presses=("keep_sent", "mark_sent"),
    must=("keep_sent",),
    moments={"sent": ""},
    inputs={"sent": ("sent_at", "at", "when", "date")},
)
OF_A_REQUEST: Mapping[str, Command] = {
    "open_request": Command(phrase="open request {reference}", button="open_request"),
    "more_time": Command(
        phrase="open request {reference}",
        button="more_time",
        presses=("ask_time", "more_time"),
        must=("ask_time",),
        inputs={"new_date": ("until", "by", "date", "to"), "reason": ("why",)},
        defaults={"reason": "The records are held in several places."},
    ),
    "ask_question": Command(
        phrase="open request {reference}",
        button="ask_question",
        presses=("send_question", "ask_question"),
        must=("send_question",),
        inputs={"question": ("text", "asks")},
    ),
    "sign_off": Command(
        phrase="open request {reference}",
        button="sign_off",
        presses=("sign_return", "sign_off"),
        must=("sign_return",),
    ),
    "pass_on": Command(
        phrase="open request {reference}",
        button="pass_on",
        presses=("do_pass_on", "pass_on"),
        must=("do_pass_on",),
        inputs={"colleague": ("to", "person")},
    ),
    "declare_involvement": Command(
        phrase="open request {reference}", button="declare_involvement", presses=("declare_involvement",)
    ),
    "correct_return": Command(phrase="open request {reference}", button="correct_return", presses=("correct_return",)),
}
"""What an organisation does about its request."""
OF_THE_COORDINATOR: Mapping[str, Command] = {
    "grant_time": Command(
        phrase="requests {reference}",
        button="grant_time",
        presses=("grant_time_anyway", "keep_time", "grant_time"),
    ),
    "send_back": Command(
        phrase="requests {reference}",
        presses=("keep_send_back", "send_back", "read_return", "show_request"),
        must=("keep_send_back",),
        inputs={"request": ("organisation", "agency"), "question": ("reason", "why", "text"), "until": ("by", "date")},
    ),
    "refuse_time": Command(phrase="requests {reference}", button="refuse_time", presses=("refuse_time",)),
    "correct_case": Command(
        phrase="open {reference}",
        button="correct_case",
        presses=("save_correction", "correct_subject", "correct_case", "more_case", "show_case"),
        must=("save_correction",),
        inputs={"subject": ("who", "person", "child")},
    ),
    "sign_off_review": Command(
        phrase="rapid review {reference}",
        presses=("sign_review_now", "sign_off_review"),
        must=("sign_review_now",),
        inputs={"agreed": ("agrees",)},
        defaults={"agreed": "yes"},
    ),
    "mark_sent": SENT,
}
"""Other things that a coordinator or a partner does, by the names of their buttons."""
NARROWED: Mapping[str, str] = {
    "kind": " {}",
    "agency": " for {}",
    "organisation": " for {}",
    "person": " for {}",
    "case": " on {}",
    "days": " by more than {} days",
    "from": " from {}",
    "to": " to {}",
    "until": " by {}",
    "period": " {}",
}
"""How people narrow a question about dates: the slots that are understood in it."""
QUESTIONS: Mapping[str, Command] = {
    "overdue": Command(phrase="what is overdue", said_with=NARROWED),
    "due": Command(phrase="what is due", said_with=NARROWED),
    "not_replied": Command(phrase="who has not replied", said_with=NARROWED),
    "status": Command(phrase="status {reference}"),
    "timeline": Command(phrase="timeline {reference}"),
    "how_is": Command(phrase="how are the agencies doing"),
    "sent": Command(phrase="what was sent"),
    "delivered": Command(phrase="was it delivered"),
    "chase": Command(phrase="chase them", said_with=NARROWED, presses=("chase_all",)),
    "who_has_seen": Command(phrase="who has seen {reference}"),
    "export": Command(phrase="export"),
}
"""Things that are asked rather than done. What the assistant does not know yet it does not understand: that is a refusal."""
COMMANDS: Mapping[str, Command] = {
    "refer": Command(phrase="I need to refer a child", presses=("start_referral",)),
    "my_referrals": Command(phrase="my referrals"),
    "mine": Command(phrase="what is waiting for me"),
    "open_referrals": Command(phrase="open referrals"),
    "open_case": Command(phrase="open {reference}"),
    "decide": Command(form="decision"),
    "send_requests": SEND_REQUESTS,
    "tie_channel": Command(
        phrase="tie this channel",
        presses=("confirm_channel",),
        must=("confirm_channel",),
        inputs={"to": ("organisation", "agency", "for")},
        from_place="to",
    ),
    "meeting": MEETING,
    "pack": Command(phrase="pack {reference}", first=("merge_actions",)),
    "merge_actions": Command(
        phrase="rapid review {reference}",
        presses=("settle_pair", "merge_actions"),
        inputs={"keeps": ("keep",)},
        defaults={"keeps": "both"},
    ),
    "letter": Command(
        form="panel_letter",
        skipped=frozenset({"sent", "sent_at", "without", "without_reason"}),
        first=("merge_actions", "without_return"),
        then={"sent": "mark_sent", "sent_at": "mark_sent"},
    ),
    "without_return": WITHOUT,
    "notified": NOTIFIED,
    "nil_return": Command(form="nil_return"),
    **OF_A_REQUEST,
    **OF_THE_COORDINATOR,
    "help": Command(phrase="help"),
    "cancel": Command(phrase="cancel"),
    "resume": Command(phrase="carry on"),
    **QUESTIONS,
}


def command_named(name: str) -> Command | None:
    """A command, however its name is written: `send_requests`, `send-requests`, `send requests`."""
    wanted = plain(name)
    return next((command for known, command in COMMANDS.items() if plain(known) == wanted), None)
