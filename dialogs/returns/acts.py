"""What an organisation can do about a request, and what the coordinator does about what came back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs.acts import About, Act, Intent
from dialogs.behaviour import Behaviour
from dialogs.desk import Desk
from dialogs.returns import asking, correcting, differing, full, nil, opening, passing, signing
from dialogs.returns.common import Said
from dialogs.returns.lacking import notes


def _of_request(do: Callable[[Desk, Said], None], *, requests: bool = False, files: bool = False) -> Act:
    """About a request: it is read with its case, the referral and both its returns; and everybody, because cards follow."""
    return Act(
        do=do,
        about=About.REQUEST,
        forms=("referral",),
        people=True,
        requests=requests,
        organisations=requests,
        files=files,
    )


def _of_case(do: Callable[[Desk, Said], None]) -> Act:
    return Act(
        do=do,
        about=About.CASE,
        case_draft=True,
        forms=("referral", "decision", "scoping"),
        requests=True,
        organisations=True,
        people=True,
    )


_EVERYWHERE: Mapping[str, Act] = {
    "open_request": _of_request(opening.open_request, files=True),
    "not_known_to_us": _of_request(opening.not_known_to_us, files=True),
    "begin_nil": _of_request(nil.begin_nil, files=True),
    "begin_return": _of_request(full.begin_return),
    "sign_off": _of_request(signing.sign_off),
    "sign_return": _of_request(signing.sign_return, requests=True),
    "refuse_sign_off": _of_request(signing.refuse_sign_off),
    "correct_return": _of_request(full.correct_return),
    "still_stands": _of_request(full.still_stands),
    "more_time": _of_request(asking.more_time),
    "ask_time": _of_request(asking.ask_time),
    "ask_question": _of_request(asking.ask_question),
    "send_question": _of_request(asking.send_question),
    "pass_on": _of_request(passing.pass_on),
    "do_pass_on": _of_request(passing.do_pass_on),
    "declare_involvement": _of_request(passing.declare_involvement),
    "correct_case": _of_case(correcting.correct_case),
    "correct_subject": _of_case(correcting.correct_subject),
    "save_correction": _of_case(correcting.save_correction),
    "disagreements": _of_case(differing.show_disagreements),
}
"""Each can be pressed, opened as a window, and sent from one: nobody needs a conversation of their own."""

PRESSES: Mapping[str, Act] = _EVERYWHERE
OPENS: Mapping[str, Act] = _EVERYWHERE
SUBMITS: Mapping[str, Act] = _EVERYWHERE
ASKED_OF_ME = Intent(
    do=opening.asked_of_me,
    forms=("referral", "scoping"),
    requests=True,
    organisations=True,
    my_requests=True,
    people=True,
    files=True,
)
INTENTS: Mapping[str, Intent] = {
    "open_request": ASKED_OF_ME,
    "nil_return": ASKED_OF_ME,
    "more_time": ASKED_OF_ME,
    "correct_case": Intent(do=correcting.correct_case, case_draft=True),
    "disagreements": Intent(
        do=differing.show_disagreements, forms=("referral", "scoping"), requests=True, organisations=True, people=True
    ),
}
BEHAVIOURS: Mapping[str, Behaviour] = {
    full.FORM: Behaviour(
        may_change=full.may_change,
        refusal=full.refusal,
        submit=full.submit,
        written=full.written,
        notes=notes,
        opening="begin_return",
    ),
    nil.FORM: Behaviour(
        may_change=nil.may_change,
        refusal=nil.refusal,
        submit=nil.submit,
        opening="begin_nil",
    ),
}
