"""What can be done about a case beside the decision: looking at it, joining, ending, handing over."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.acts import Act, Intent

PRESSES: Mapping[str, Act] = {}
OPENS: Mapping[str, Act] = {}
SUBMITS: Mapping[str, Act] = {}
INTENTS: Mapping[str, Intent] = {}
