"""Libraries for stories: a folder whose files have addresses, as those in SharePoint have; and a printer that is a script."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from msgspec.structs import replace

from bot.library.folder import FolderStorage
from bot.library.storage import Begun, Item

SITE = "https://test-council.sharepoint.com/sites"
PRINTER = """#!/bin/sh
# Writes as PDF what it was given, with the folder that it was told to use as its only profile.
while [ $# -gt 1 ]; do
  [ "$1" = --outdir ] && out=$2
  shift
done
printf '%%PDF-1.6\\n/CreationDate(D:20261126065926Z)\\n' > "$out/document.pdf"
cat "$1" >> "$out/document.pdf"
printf '\\ntrailer\\n/ID [ <93F20ACCA593D2232CD1A62E14363F1F> ]\\n' >> "$out/document.pdf"
"""


class Addressed(FolderStorage):
    """A folder with an address for each file."""

    def __init__(self, root: Path, site: str = "cspr") -> None:
        super().__init__(root)
        self.site = f"{SITE}/{site}"

    async def create(self, path: str, content: bytes, *, resume: str = "", begun: Begun | None = None) -> Item:
        made = await super().create(path, content, resume=resume, begun=begun)
        return replace(made, url=self.address(path))

    def address(self, path: str) -> str:
        """Where people open a file."""
        return f"{self.site}/Cases/{quote(path)}?web=1"


def printer(folder: Path) -> str:
    """A program that stands in for LibreOffice."""
    program = folder / "printer"
    program.write_text(PRINTER, encoding="utf-8")
    program.chmod(0o700)
    return str(program)
