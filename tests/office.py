"""Documents as people see them: LibreOffice turns them into pages. For tests only."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest

SECONDS = 110


def needed(*programs: str) -> None:
    """Skip the test where a program is missing; in CI that is a failure."""
    missing = [program for program in programs if shutil.which(program) is None]
    if missing and os.environ.get("CI"):
        pytest.fail(f"{', '.join(missing)} must be installed in CI.")
    if missing:
        pytest.skip(f"{', '.join(missing)} is not installed on this machine.")


def to_pdf(documents: Iterable[Path], out: Path) -> list[Path]:
    """Each document as a PDF in `out`. One call for all of them, with a profile of its own."""
    return converted(documents, out, "pdf")


def converted(documents: Iterable[Path], out: Path, kind: str) -> list[Path]:
    """Each document as another kind of file ("pdf", "docx", "odt") in `out`, in one call."""
    needed("soffice")
    documents = list(documents)
    with tempfile.TemporaryDirectory() as profile:
        command = [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{profile}",
            "--convert-to",
            kind,
            "--outdir",
            str(out),
        ]
        ran = subprocess.run([*command, *map(str, documents)], capture_output=True, text=True, timeout=SECONDS, check=False)
    made = [out / f"{document.stem}.{kind}" for document in documents]
    missing = [one.name for one in made if not one.exists()]
    assert not missing, f"LibreOffice did not write {missing}: {ran.stderr}"
    return made


def pdf_text(pdf: Path) -> str:
    """The text of a PDF in the order of the page."""
    needed("pdftotext")
    ran = subprocess.run(
        ["pdftotext", "-layout", "-enc", "UTF-8", str(pdf), "-"], capture_output=True, check=True, timeout=SECONDS
    )
    return ran.stdout.decode("utf-8")


def pdf_pages_png(pdf: Path, out: Path, dpi: int = 70) -> list[Path]:
    """A picture of each page, to be looked at."""
    needed("pdftoppm")
    subprocess.run(["pdftoppm", "-png", "-r", str(dpi), str(pdf), str(out / pdf.stem)], check=True, timeout=SECONDS)
    return sorted(out.glob(f"{pdf.stem}-*.png"))
