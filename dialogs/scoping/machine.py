"""The states of a request to an organisation. Extension, delegation and delivery are attributes of it, not states."""

from __future__ import annotations

from dialogs.steps import Step, Steps

ASKED = ("sent", "opened", "drafting")
"""States in which the organisation has not answered yet."""
ANSWERED = ("returned", "nil_return")
WAITS = (*ASKED, "awaiting_sign_off", "sent_back")
"""States in which its return is outstanding."""
STATES = ("to_send", *ASKED, "awaiting_sign_off", *ANSWERED, "accepted", "sent_back", "withdrawn")

REQUEST = Steps(
    "request",
    STATES,
    (
        Step("send", ("to_send",), "sent"),
        Step("open", ("sent", "opened"), "opened"),
        Step("draft", (*ASKED, "sent_back"), "drafting"),
        Step("submit", ("drafting",), "awaiting_sign_off"),
        Step("submit_signed", ("drafting",), "returned"),
        Step("sign_off", ("awaiting_sign_off",), "returned"),
        Step("refuse_sign_off", ("awaiting_sign_off",), "drafting"),
        Step("nil", (*ASKED, "sent_back"), "nil_return"),
        Step("accept", ANSWERED, "accepted"),
        Step("send_back", (*ANSWERED, "accepted", "awaiting_sign_off"), "sent_back"),
        Step("correct", (*ANSWERED, "accepted"), "drafting"),
        Step("search_again", ("nil_return", "accepted", "opened", "sent"), "sent"),
        Step("withdraw", (*WAITS, *ANSWERED, "accepted", "to_send"), "withdrawn"),
        Step("choose", ("withdrawn",), "to_send"),
    ),
)
