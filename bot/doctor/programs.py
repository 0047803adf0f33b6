"""LibreOffice, which makes PDF files, and the fonts with which its pages look as in Word."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import tempfile
from pathlib import Path

from docx import Document

from bot.doctor.finding import Finding, not_checked, ok, warning
from bot.doctor.subject import Subject

INSTALL = "Install LibreOffice Writer, or name the program in CSPR_OFFICE. Until then there are Word files, and no PDF."
FONTS = ("Carlito", "Caladea")


class _Late(Exception):
    """A program did not end in time."""


async def office(subject: Subject) -> list[Finding]:
    """Whether it is there, and turns a document of one line into a PDF."""
    program = shutil.which(subject.settings.office)
    if program is None:
        return [warning(f"LibreOffice ({subject.settings.office}) is not installed.", INSTALL)]
    try:
        said = await _version(program, subject.patience)
        made = await _converts(program, subject.patience)
    except _Late:
        return [
            warning(f"{program} did not end within {subject.patience:.0f} seconds.", "Run it by hand as the assistant's user.")
        ]
    if not made:
        do = "Run it by hand as the assistant's user: soffice --headless --convert-to pdf FILE. It needs LibreOffice Writer."
        return [warning(f"{program} made no PDF of a document of one line.", do)]
    return [ok(f"{said} makes PDF files.")]


async def _version(program: str, seconds: float) -> str:
    said = (await _ran(seconds, program, "--version")).strip().splitlines()
    return " ".join(said[0].split()[:2]) if said else Path(program).name


async def _converts(program: str, seconds: float) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        document, profile = Path(folder) / "line.docx", Path(folder) / "profile"
        await asyncio.to_thread(_one_line, document)
        await _ran(
            seconds,
            program,
            "--headless",
            f"-env:UserInstallation={profile.as_uri()}",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            str(document),
        )
        return document.with_suffix(".pdf").exists()


def _one_line(path: Path) -> None:
    document = Document()
    document.add_paragraph("This line is a test.")
    document.save(str(path))


async def fonts(subject: Subject) -> list[Finding]:
    """Whether the fonts are there that stand in for those of Word."""
    program = shutil.which("fc-list")
    if program is None:
        return [not_checked("This machine does not list its fonts (fc-list is not here).")]
    try:
        known = await _ran(subject.patience, program, ":", "family")
    except _Late:
        return [not_checked("The fonts could not be listed in time.")]
    lacks = [font for font in FONTS if font not in known]
    if not lacks:
        return [ok(f"{' and '.join(FONTS)} are installed.")]
    do = "Install them (Debian: fonts-crosextra-carlito, fonts-crosextra-caladea). Without them PDF pages break elsewhere."
    return [warning(f"The fonts {' and '.join(lacks)} are not installed.", do)]


async def _ran(seconds: float, program: str, *arguments: str) -> str:
    """What a program prints. It is ended with all that it started where it takes too long: that raises _Late."""
    running = await asyncio.create_subprocess_exec(
        program,
        *arguments,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(seconds):
            out, _ = await running.communicate()
    except TimeoutError:
        os.killpg(running.pid, signal.SIGKILL)
        await running.wait()
        raise _Late from None
    return out.decode("utf-8", "replace")
