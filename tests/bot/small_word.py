"""The smallest files that are still of Word: headings with a text under each, and what programs keep for themselves."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STYLES = f"""<w:styles {W}><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>"""


def word_file(parts: Mapping[str, str], *, kept: str = "") -> bytes:
    """A file with these headings and texts. `kept` is what a library keeps in it for itself."""
    body = "".join(_part(heading, text) for heading, text in parts.items())
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": _relations("officeDocument", "word/document.xml"),
            "word/_rels/document.xml.rels": _relations("styles", "styles.xml"),
            "word/styles.xml": STYLES,
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "docProps/custom.xml": f"<kept>{kept}</kept>",
        }.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text)
    return made.getvalue()


def _part(heading: str, text: str) -> str:
    style = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>'
    return f"<w:p>{style}<w:r><w:t>{escape(heading)}</w:t></w:r></w:p><w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def _relations(kind: str, target: str) -> str:
    one = f'<Relationship Id="r1" Type="{R}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{PACKAGE}">{one}</Relationships>'
