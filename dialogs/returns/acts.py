"""What an organisation can do about a request."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.acts import Act, Intent
from dialogs.behaviour import Behaviour

PRESSES: Mapping[str, Act] = {}
OPENS: Mapping[str, Act] = {}
SUBMITS: Mapping[str, Act] = {}
INTENTS: Mapping[str, Intent] = {}
BEHAVIOURS: Mapping[str, Behaviour] = {}
