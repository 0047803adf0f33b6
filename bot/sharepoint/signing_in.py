"""A token for `cspr doctor`: whether Microsoft gives one, and what is written in it that it allows."""

from __future__ import annotations

import asyncio
from typing import Any

import jwt

from bot.sharepoint.client import Credentials
from bot.sharepoint.credentials import credential_of
from bot.sharepoint.settings import SharePointSettings, SharePointSettingsError


class NotSignedIn(Exception):
    """Microsoft gave no token. The message says which kind of fault it was, and holds nothing of the credential."""


async def roles_granted(settings: SharePointSettings, credentials: Credentials | None = None) -> frozenset[str] | None:
    """What the token allows; None where it cannot be read, as Microsoft may make it. Raises NotSignedIn.

    The token is ours, and nothing is let in by it: it is read without its signature being checked.
    """
    from azure.core.exceptions import AzureError  # noqa: PLC0415 - the SDK where it is needed

    from bot.sharepoint.sdk import SCOPE  # noqa: PLC0415

    credential = await asyncio.to_thread(credentials or credential_of, settings)
    try:
        token = (await credential.get_token(SCOPE)).token
    except AzureError as fault:
        raise NotSignedIn(type(fault).__name__) from None
    except SharePointSettingsError as wrong:
        raise NotSignedIn(str(wrong)) from None
    finally:
        await credential.close()
    try:
        claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError:
        return None
    return frozenset(map(str, claims.get("roles") or ()))
