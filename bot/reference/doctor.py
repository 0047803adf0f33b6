"""docs/doctor.md: every check of `cspr doctor`."""

from __future__ import annotations

from bot.doctor.table import CHECKS
from bot.reference.markdown import code, page, table

INTRO = """
`cspr doctor` looks an installation over and says what to do about whatever is wrong with it. Run it as the user that
runs the assistant, with the same settings: after installing, after a change, and when something does not work. It may
run while the assistant runs. It opens the database for reading alone, and migrates nothing.
"""

LINES = """
## What it prints

A line for each check, with how it ended. Checks that wait for the same thing share one.

| | |
|---|---|
| `ok` | it is as it should be |
| `warning` | it works, and somebody should look at it |
| `failed` | it does not work |
| `not checked` | it is not set, or cannot be seen from here; where a person can look, it says where |

Under each warning and failure stands what to do. It ends with 0 where nothing failed, with 1 where something did, and
with 2 where it was asked wrongly. Teams, Slack and SharePoint are no failure where they are not set.

It prints names of files, settings, organisations, staff and groups. It prints no secret, no token, no answer, no name of
a child, and no reference of a case.

`--json` prints the same for a machine: `failed` (true or false), and `checks`, each with its `name`, `group`, `status`
and what was `found`: a `status`, what is `said`, and what to `do`.

`--write` writes a small file into each library, reads it, and deletes it again. In SharePoint it replaces the file
once, to see that its versions are kept. Without `--write` nothing is changed anywhere.
"""

SEEN = """
## What it cannot see

The assistant has the least permission there is in SharePoint (Sites.Selected). With it nobody can be asked who is in a
group. Each group that can read the case library is named, so that a person looks. SharePoint may also show the
assistant only a part of who can read a library; where it shows nobody, the doctor says so.

Whom it takes for an organisation's people: its leads and deputies, whoever was asked for its return or wrote it, and
whoever gave it as their organisation, by the id in their directory and by e-mail address. Coordinators may read every
library.
"""


def doctor_page() -> str:
    """The page."""
    rows = [(code(check.name), check.group, check.about) for check in CHECKS]
    return page(
        "Is it well: `cspr doctor`", INTRO, LINES, "## The checks", table(("check", "about", "it is well when"), rows), SEEN
    )
