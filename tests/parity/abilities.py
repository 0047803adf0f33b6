"""Every chapter of the table, in order."""

from __future__ import annotations

from tests.parity.ability import Ability, Chapter
from tests.parity.asking import ASKING
from tests.parity.both import BOTH
from tests.parity.chasing import CHASING
from tests.parity.own_ways import OWN_WAYS
from tests.parity.referring import REFERRING
from tests.parity.running import RUNNING
from tests.parity.talking import TALKING

CHAPTERS: tuple[Chapter, ...] = (TALKING, REFERRING, ASKING, RUNNING, CHASING, BOTH, OWN_WAYS)
ABILITIES: tuple[Ability, ...] = tuple(ability for chapter in CHAPTERS for ability in chapter.abilities)
