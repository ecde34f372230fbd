"""Make files as Word, LibreOffice and TextEdit write them, as far as their readers look."""

from __future__ import annotations

import io
import zipfile

WORD = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
OASIS = " ".join(
    [
        *(f'xmlns:{name}="{_OASIS}:{name}:1.0"' for name in ("office", "style", "text", "table")),
        f'xmlns:draw="{_OASIS}:drawing:1.0"',
        f'xmlns:svg="{_OASIS}:svg-compatible:1.0"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
    ]
)

STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Standaard"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/>
<w:basedOn w:val="Standaard"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Eigen"><w:name w:val="Eigen kop"/>
<w:basedOn w:val="Kop1"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Inhopg1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="Geheim"><w:name w:val="Geheim"/>
<w:rPr><w:vanish/></w:rPr></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>
<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>
<w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>
<w:lvlText w:val="\uf0b7"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="3"/>
<w:numFmt w:val="decimal"/><w:lvlText w:val="Stap %1:"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="0"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
"""


def zipped(parts: dict[str, str]) -> bytes:
    """Return a ZIP file of some parts; `mimetype` stands in it unpacked, as OpenDocument asks."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, text, stored)
    return data.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """Return a Word document; `parts` are the insides of others, such as its footnotes."""
    roots = {
        "footnotes": "footnotes",
        "comments": "comments",
        "header1": "hdr",
        "endnotes": "endnotes",
    }
    others = {
        f"word/{name}.xml": f"{HEAD}<w:{roots[name]} {WORD}>{inside}</w:{roots[name]}>"
        for name, inside in parts.items()
    }
    return zipped(
        {
            "[Content_Types].xml": f"{HEAD}<Types/>",
            "word/document.xml": f"{HEAD}<w:document {WORD}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": f"{HEAD}<w:styles {WORD}>{STYLES}</w:styles>",
            "word/numbering.xml": f"{HEAD}<w:numbering {WORD}>{NUMBERING}</w:numbering>",
            **others,
        }
    )


def para(text: str, properties: str = "") -> str:
    """Return a paragraph of Word."""
    form = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f'<w:p w:rsidR="00A1">{form}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def listed(text: str, number: int, depth: int = 0) -> str:
    """Return an item of a list of Word."""
    return para(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def odt(body: str, automatic: str = "", masters: str = "") -> bytes:
    """Return an OpenDocument text."""
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": (
                f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {OASIS}>'
                f"<office:automatic-styles>{automatic}</office:automatic-styles><office:body>"
                f"<office:text>{body}</office:text></office:body></office:document-content>"
            ),
            "styles.xml": (
                f"<office:document-styles {OASIS}><office:styles>"
                '<style:style style:name="Title" style:family="paragraph"/></office:styles>'
                f"<office:master-styles>{masters}</office:master-styles></office:document-styles>"
            ),
        }
    )
