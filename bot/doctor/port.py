"""Whether the port is free, or has the assistant on it already."""

from __future__ import annotations

import asyncio
import socket

import aiohttp

from bot.doctor.finding import Finding, failed, ok
from bot.doctor.subject import Subject

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where what listens everywhere is asked  # nosec B104
SECONDS = aiohttp.ClientTimeout(total=5)


async def port(subject: Subject) -> list[Finding]:
    """The address to listen on."""
    host, number = subject.settings.host, subject.settings.port
    if await asyncio.to_thread(_free, host, number):
        return [ok(f"{host}:{number} is free.")]
    if await _ours(subject, EVERYWHERE.get(host, host), number):
        return [ok(f"The assistant answers on {host}:{number}.")]
    said = f"{host}:{number} cannot be listened on, and what answers there is not the assistant."
    return [failed(said, "Stop what uses it, or choose another port in CSPR_PORT.")]


def _free(host: str, number: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, number))
        except OSError:
            return False
    return True


async def _ours(subject: Subject, host: str, number: int) -> bool:
    where = f"[{host}]" if ":" in host else host
    try:
        async with subject.session.get(f"http://{where}:{number}/healthz", allow_redirects=False, timeout=SECONDS) as answer:
            return answer.status == 204
    except (aiohttp.ClientError, OSError, TimeoutError):
        return False
