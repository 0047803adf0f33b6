"""What can be pressed and asked about absences."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.absence.telling import end_away, keep_away, tell_away
from dialogs.acts import Act, Intent

PRESSES: Mapping[str, Act] = {
    "tell_away": Act(do=tell_away, people=True),
    "keep_away": Act(do=keep_away, people=True),
    "end_away": Act(do=end_away, people=True),
}
INTENTS: Mapping[str, Intent] = {"away": Intent(do=tell_away, people=True)}
