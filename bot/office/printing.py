"""Word documents as PDF, by LibreOffice in a process of its own: private, without a network, ended when it takes too long."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bot.office.fixed import fixed
from bot.office.plain import NotWord, plain
from bot.office.profile import write_profile

SECONDS = 120.0
"""How long one document may take. A pack with 25 returns takes about ten."""
OLD = 3_600.0
"""Seconds after which what an earlier process left behind is taken away."""
OPTIONS = 'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"}}'
"""A PDF with tags, as PDF/UA wants it: for screen readers. LibreOffice 7.4 and later know these options."""
MOST_MEMORY = 6 * 2**20
"""Kilobytes of address space for each process of it: a picture can unpack to more than a machine has."""
BOUNDED = f'ulimit -v {MOST_MEMORY} && exec "$0" "$@"'
SHELL = "/bin/sh"
DOCUMENT, PRINTED = "document.docx", "document.pdf"
KEPT = ("PATH", "LANG", "LC_ALL", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "SystemRoot")
"""What LibreOffice may know of our environment, in which secrets can stand."""


class NotPrinted(Exception):
    """No PDF came of it. The message holds nothing of the document."""


class Office:
    """The program. One document at a time: each takes a whole processor and a good part of the memory."""

    def __init__(self, program: str, folder: Path, seconds: float = SECONDS) -> None:
        self._program = shutil.which(program) if program else None
        self._folder = folder
        self._seconds = seconds
        self._one = asyncio.Lock()

    @property
    def there(self) -> bool:
        """Whether it is installed."""
        return self._program is not None

    async def pdf(self, content: bytes, title: str, filed_at: datetime) -> bytes:
        """A Word document as PDF. The same document, filed at that moment, gives the same file. Raises NotPrinted."""
        if self._program is None:
            raise NotPrinted("LibreOffice is not there")
        async with self._one:
            folder = await asyncio.to_thread(self._begun)
            try:
                return await self._made(self._program, folder, content, title, filed_at)
            finally:
                await asyncio.to_thread(shutil.rmtree, folder, True)

    async def _made(self, program: str, folder: Path, content: bytes, title: str, filed_at: datetime) -> bytes:
        try:
            made_at = await asyncio.to_thread(_written, folder, content, title, filed_at)
        except NotWord as wrong:
            raise NotPrinted("it is no Word document") from wrong
        await self._run(program, folder)
        try:
            printed = await asyncio.to_thread((folder / PRINTED).read_bytes)
        except OSError as nothing:
            raise NotPrinted("LibreOffice wrote nothing") from nothing
        return await asyncio.to_thread(fixed, printed, made_at)

    async def _run(self, program: str, folder: Path) -> None:
        """Raises NotPrinted. It is the first of a group of processes, and the whole group ends with it."""
        profile = (folder / "profile").resolve().as_uri()
        line = ("--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation={profile}", "--convert-to", OPTIONS)
        try:
            process = await asyncio.create_subprocess_exec(
                *_bounded(program),
                *line,
                "--outdir",
                str(folder),
                str(folder / DOCUMENT),
                cwd=folder,
                env=_environment(folder),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as away:
            raise NotPrinted("LibreOffice could not be started") from away
        try:
            async with asyncio.timeout(self._seconds):
                await process.wait()
        except TimeoutError as late:
            raise NotPrinted("LibreOffice took too long") from late
        finally:
            await _ended(process)

    def _begun(self) -> Path:
        """A private folder for one document. What a process that was killed left there long ago goes away first."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=self._folder))
        for left in self._folder.iterdir():
            if made.stat().st_mtime - left.stat().st_mtime > OLD:
                shutil.rmtree(left, ignore_errors=True)
        return made


def _written(folder: Path, content: bytes, title: str, filed_at: datetime) -> str:
    """Write what LibreOffice reads. Returns when the document was last changed or filed."""
    document, made_at = plain(content, title, filed_at)
    (folder / DOCUMENT).write_bytes(document)
    write_profile(folder / "profile")
    return made_at


def _bounded(program: str) -> tuple[str, ...]:
    """The program within its memory, where the system can hold it to that."""
    return (SHELL, "-c", BOUNDED, program) if os.name == "posix" else (program,)


def _environment(folder: Path) -> dict[str, str]:
    """No more than it needs. A proxy that nobody answers on stands in the way of whatever would reach for the network."""
    known = {name: os.environ[name] for name in KEPT if name in os.environ}
    nowhere = "http://127.0.0.1:9"
    return {**known, "HOME": str(folder), "TMPDIR": str(folder), "TZ": "UTC", "http_proxy": nowhere, "https_proxy": nowhere}


async def _ended(process: asyncio.subprocess.Process) -> None:
    """End the whole group: LibreOffice is a script that starts a program that starts another."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()
