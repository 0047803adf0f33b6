"""The bell rang: what there is to look at is looked at, and whoever should know is told."""

from __future__ import annotations

from dialogs.desk import Desk
from dialogs.turn import Tick
from state.snapshot import Wanted

FORMS = ("referral", "decision")
"""Forms of the case that counting its dates again looks at."""


def reads(turn: str, said: Tick, today: str) -> Wanted:
    """What has to be read for a tick."""
    return Wanted(
        turn=turn,
        person=said.digest,
        place="",
        case=said.case or said.recount,
        draft=said.draft,
        chase=f"draft:{said.draft}" if said.draft else "",
        round=f"digest:{said.digest}" if said.digest else "",
        open_cases=bool(said.digest),
        chases=True,
        requests=True,
        organisations=True,
        people=True,
        forms=FORMS if said.recount else (),
        today=today,
    )


def tick(desk: Desk, said: Tick) -> None:
    """What follows from a tick. Everything said by it is a reminder: it is never sent twice."""
