"""docs/settings.md: every setting with its type, default and meaning."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from bot.reference.markdown import code, listed, page, table
from bot.settings import Settings

INTRO = """
Each setting is an environment variable. They may also stand in a file, one `NAME=value` a line, which
`CSPR_SETTINGS_FILE` names. The environment comes before the file. A setting that is wrong or unknown stops the
assistant at the start, with a sentence that names it.
"""

MODES = """
## Local mode

The default, to try the assistant out. It needs no setting. It listens on this machine alone, uses invented people,
makes its own key in the data folder and marks its database as local. `cspr chat` works in local mode only.

## Production

`CSPR_MODE=production` starts only with a Teams app id and its tenant, a certificate or secret, the tenants whose
people may raise a referral, and a key file that only its owner can read. It refuses a database that was made in local
mode. [install.md](install.md) goes through it in order.

Secrets are never settings themselves. A setting names the file that holds one, so that it stays out of process lists
and logs.
"""


def settings_page() -> str:
    """The page."""
    rows = [_row(name, field) for name, field in Settings.model_fields.items()]
    file = (code("CSPR_SETTINGS_FILE"), "path", "none", "A file with settings; it cannot stand in the file itself")
    return page("Settings", INTRO, table(("setting", "type", "default", "what it is"), [*rows, file]), MODES)


def _row(name: str, field: FieldInfo) -> tuple[str, str, str, str]:
    default = "none" if field.default in (None, "") else code(str(field.default))
    return code(f"CSPR_{name.upper()}"), _type(field.annotation, field.metadata), default, field.description or ""


def _type(annotation: Any, limits: list[Any]) -> str:
    if get_origin(annotation) is Literal:
        return listed([code(str(value)) for value in get_args(annotation)])
    inner = [one for one in get_args(annotation) if one is not type(None)]
    if get_origin(annotation) is not None and get_origin(annotation) is not Union and len(inner) == 1:
        annotation = inner[0]
    if annotation is int:
        least, most = (next(getattr(one, name) for one in limits if hasattr(one, name)) for name in ("ge", "le"))
        return f"whole number from {least} to {most}"
    return "path" if annotation is Path else "text"
