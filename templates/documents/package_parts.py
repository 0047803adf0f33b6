"""The parts of an Office file, opened with bounds: what people read in it, and nothing of what programs keep for themselves."""

from __future__ import annotations

import hashlib
import io
import posixpath
import zipfile
from collections.abc import Iterator

from lxml import etree

from templates.documents.damaged import DAMAGED
from templates.documents.text import Element

LARGEST = 64 * 2**20
"""Bytes of one part, and of all together that are looked at."""
MOST_PARTS = 2_000
KEPT_BY_PROGRAMS = ("docprops/", "customxml/", "_rels/", "[content_types].xml")
"""Where libraries and Office write for themselves: properties, columns, and which part belongs to which."""
OFFICE = "[Content_Types].xml"
MAIN = "/officeDocument"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
BROKEN = (*DAMAGED, etree.XMLSyntaxError, LookupError)
"""What reading a file that is not whole can lead to."""


class Parts:
    """The parts of one file. Raises one of BROKEN where it is not such a file, or is too large to be one of ours."""

    def __init__(self, content: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        found = self._archive.infolist()
        if len(found) > MOST_PARTS or sum(one.file_size for one in found) > LARGEST or any(one.flag_bits & 1 for one in found):
            raise ValueError("not a file of ours")
        self.names = [one.filename for one in found]

    def bytes_of(self, name: str) -> bytes:
        """One part, and never more of it than it says it has."""
        size = self._archive.getinfo(name).file_size
        with self._archive.open(name) as part:
            return part.read(size)

    def xml_of(self, name: str) -> Element:
        """One part as XML: nothing outside of it is looked up."""
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
        )
        return etree.fromstring(self.bytes_of(name), parser)

    def related(self, name: str = "") -> Iterator[tuple[str, str, str]]:
        """What a part refers to inside the file: id, kind, and name. Without a name: what the file itself does."""
        folder, base = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", f"{base}.rels")
        if relations not in self.names:
            return
        for one in self.xml_of(relations).iter(_RELATION):
            if one.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join(folder, one.get("Target", "")))
                yield one.get("Id", ""), one.get("Type", ""), target.lstrip("/")

    def main(self) -> str:
        """The name of the part that is the document itself."""
        return next((target for _, kind, target in self.related() if kind.endswith(MAIN)), "")

    def digest(self) -> str:
        """Everything but what programs keep for themselves."""
        whole = hashlib.sha256()
        for name in sorted(self.names):
            if not name.casefold().startswith(KEPT_BY_PROGRAMS) and "/_rels/" not in name:
                whole.update(f"{name}\0".encode() + hashlib.sha256(self.bytes_of(name)).digest())
        return whole.hexdigest()
