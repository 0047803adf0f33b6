"""A small app on slack-bolt in the fake Slack, and two people before it."""

from __future__ import annotations

import msgspec
from person import Person
from slack_world import World
from stand_in import StandIn


class Stage(msgspec.Struct):
    """Everybody on it."""

    world: World
    app: StandIn
    anna: Person
    ben: Person
