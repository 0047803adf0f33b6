"""What can be asked about the digest."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.acts import Intent
from dialogs.digest.asked import asked, look

INTENTS: Mapping[str, Intent] = {
    "digest": Intent(do=asked, people=True, organisations=True, my_requests=True, missed=True, look=look)
}
