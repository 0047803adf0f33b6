"""A filled form, read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import docx
from docx.opc.exceptions import PackageNotFoundError
from lxml.etree import XMLSyntaxError

from templates.documents.read import read_tags
from templates.documents.reading.layout import Layout
from templates.documents.reading.result import FormRead, NotReadable


def read_form(content: bytes, layouts: Mapping[str, Layout]) -> FormRead:
    """Read a form. Raises NotReadable."""
    try:
        form, _, version = docx.Document(io.BytesIO(content)).core_properties.identifier.partition("/")
        tags = read_tags(content)
    except (PackageNotFoundError, XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError, OSError) as wrong:
        raise NotReadable from wrong
    if form not in layouts:
        form = next((tag.partition(".")[0] for tag in tags if not tag.startswith("document.")), "")
    return FormRead(form=form, version=int(version) if version.isdecimal() else 0, tags=tags)
