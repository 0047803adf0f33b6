"""SharePoint writes a library's columns into Office files: their size and hash change though their text does not.

Reported in github.com/OneDrive/onedrive-api-docs/issues/935; the shape is that of a file fetched from a library with columns:
the package's own `docProps/custom.xml` with the content type, and a `customXml` part with the columns.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from lxml import etree

OURS = "customXml/item9.xml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
PROPERTIES = "http://schemas.microsoft.com/office/2006/metadata/properties"
RELATIONS_OF = {"word/document.xml": "word/_rels/document.xml.rels", "xl/workbook.xml": "xl/_rels/workbook.xml.rels"}


def promoted(content: bytes, fields: Mapping[str, Any]) -> bytes:
    """The file with the columns in it, or as it is where it is no Office file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = {info.filename: package.read(info) for info in package.infolist()}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
        return content
    relations = next((relations for main, relations in RELATIONS_OF.items() if main in parts), "")
    if not relations or relations not in parts:
        return content
    parts[relations] = _related(parts[relations])
    parts[OURS] = _columns(fields)
    return _packed(parts)


def _related(relations: bytes) -> bytes:
    root = etree.fromstring(relations)
    if not any(one.get("Target") == f"../{OURS}" for one in root):
        etree.SubElement(root, f"{{{PACKAGE}}}Relationship", Id="rIdSharePoint", Type=RELATION, Target=f"../{OURS}")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _columns(fields: Mapping[str, Any]) -> bytes:
    root = etree.Element(f"{{{PROPERTIES}}}properties", nsmap={"p": PROPERTIES})
    management = etree.SubElement(root, "documentManagement")
    for name, value in sorted(fields.items()):
        etree.SubElement(management, name).text = str(value)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _packed(parts: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
