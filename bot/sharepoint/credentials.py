"""The token we show to SharePoint: app-only, with a certificate or the server's managed identity. Never a secret.

Source: learn.microsoft.com, azure-identity, `CertificateCredential` and `ManagedIdentityCredential` (both of `.aio`).
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from bot.sharepoint.settings import SharePointSettings, SharePointSettingsError

if TYPE_CHECKING:
    from azure.core.credentials import AccessToken
    from azure.core.credentials_async import AsyncTokenCredential
    from azure.identity.aio import CertificateCredential

NAME = "CSPR_SHAREPOINT_CERTIFICATE_FILE"


def credential_of(settings: SharePointSettings) -> AsyncTokenCredential:
    """The credential. Runs in a thread: it imports and reads. Raises SharePointSettingsError."""
    from azure.identity.aio import ManagedIdentityCredential  # noqa: PLC0415 - nothing of it before it is needed

    if settings.certificate_file is not None:
        return Certificate(settings.tenant, settings.app_id, settings.certificate_file)
    return ManagedIdentityCredential(client_id=settings.app_id) if settings.app_id else ManagedIdentityCredential()


def private_pem(file: Path) -> bytes:
    """The certificate and its key, which nobody else may read. Raises SharePointSettingsError, which holds none of it."""
    try:
        if os.name == "posix" and file.stat().st_mode & 0o077:
            raise SharePointSettingsError(f"{NAME}: others can read {file}. Run: chmod 600 {file}")
        pem = file.read_bytes()
    except OSError as missing:
        raise SharePointSettingsError(f"{NAME}: {file} cannot be read ({missing.strerror}). Name another file.") from None
    try:
        x509.load_pem_x509_certificate(pem)
        load_pem_private_key(pem, password=None)
    except (ValueError, TypeError):
        raise SharePointSettingsError(
            f"{NAME}: {file} must hold a certificate and its key, as PEM without a password. See docs/install-sharepoint.md."
        ) from None
    return pem


class Certificate:
    """A certificate in a file. A renewed one is taken up at the next token, without a restart."""

    def __init__(self, tenant: str, app_id: str, file: Path) -> None:
        self._tenant, self._app_id, self._file = tenant, app_id, file
        self._pem = b""
        self._credential: CertificateCredential | None = None
        self._turn = asyncio.Lock()

    async def get_token(self, *scopes: str, **more: Any) -> AccessToken:
        """A token, kept by the SDK until shortly before it ends. Raises AzureError or SharePointSettingsError."""
        return await (await self._current()).get_token(*scopes, **more)

    async def close(self) -> None:
        """Let go of the connection to Microsoft's sign-in."""
        if self._credential is not None:
            await self._credential.close()

    async def __aenter__(self) -> Certificate:
        """Nothing is opened before it is needed."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close."""
        await self.close()

    async def _current(self) -> CertificateCredential:
        async with self._turn:
            pem = await asyncio.to_thread(private_pem, self._file)
            if self._credential is None or pem != self._pem:
                await self.close()
                self._credential, self._pem = await asyncio.to_thread(self._of, pem), pem
            return self._credential

    def _of(self, pem: bytes) -> CertificateCredential:
        from azure.identity.aio import CertificateCredential  # noqa: PLC0415

        return CertificateCredential(self._tenant, self._app_id, certificate_data=pem)
