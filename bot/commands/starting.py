"""What every command that opens the assistant shares: settings read, and each problem said plainly with what to do."""

from __future__ import annotations

import sys
from collections.abc import Callable

from bot.settings import Settings, SettingsRefused, load_settings
from bot.slack.settings import SlackSettingsError
from bot.teams.settings import TeamsSettingsError
from state.crypto import KeyProblem
from state.sqlite.errors import StoreProblem
from templates.forms.yaml_lines import Mistake
from templates.wording import WordingError

PROBLEMS = (
    SettingsRefused,
    TeamsSettingsError,
    SlackSettingsError,
    KeyProblem,
    StoreProblem,
    Mistake,
    WordingError,
)


def with_settings(work: Callable[[Settings], int]) -> int:
    """Do something with the settings. 1, with a sentence on standard error, where something is not as it must be."""
    try:
        return work(load_settings())
    except PROBLEMS as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
