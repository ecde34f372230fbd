"""Small real files of word processors, as Word, LibreOffice and Google save them."""

from __future__ import annotations

from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
DOCUMENT: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
CONTENT_TYPES: Final = (
    f'{XML}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{WORD}.styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{WORD}.numbering+xml"/>'
    f'<Override PartName="/word/comments.xml" ContentType="{WORD}.comments+xml"/>'
    f'<Override PartName="/word/header1.xml" ContentType="{WORD}.header+xml"/>'
    f'<Override PartName="/word/footnotes.xml" ContentType="{WORD}.footnotes+xml"/>'
    "</Types>"
)
RELATIONS: Final = (
    f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{DOCUMENT}/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
DOCUMENT_RELATIONS: Final = (
    f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{DOCUMENT}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{DOCUMENT}/numbering" Target="numbering.xml"/>'
    f'<Relationship Id="rId3" Type="{DOCUMENT}/comments" Target="comments.xml"/>'
    f'<Relationship Id="rId4" Type="{DOCUMENT}/header" Target="header1.xml"/>'
    f'<Relationship Id="rId5" Type="{DOCUMENT}/footnotes" Target="footnotes.xml"/>'
    f'<Relationship Id="rId9" Type="{DOCUMENT}/hyperlink" Target="https://example.org/shore" '
    'TargetMode="External"/>'
    "</Relationships>"
)
STYLES: Final = (
    f'{XML}<w:styles {W}><w:style w:type="paragraph" w:default="1" w:styleId="Standaard">'
    '<w:name w:val="Normal"/></w:style>'
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{name}"/></w:style>'
        for style, name in [
            ("Titel", "Title"), ("Kop1", "heading 1"), ("Kop2", "heading 2"),
            ("Heading1", "heading 1"), ("Heading2", "heading 2"),
            ("Lijstalinea", "List Paragraph"),
        ]
    )
    + "</w:styles>"
)  # fmt: skip
"""A Dutch Word names the styles of headings `Kop1`; what they are stands in their name."""
NUMBERING: Final = (
    f'{XML}<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
    '<w:numFmt w:val="bullet"/><w:lvlText w:val="&#8226;"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
)
COMMENTS: Final = (
    f'{XML}<w:comments {W}><w:comment w:id="0" w:author="Redactie">'
    "<w:p><w:r><w:t>Klopt dit wel?</w:t></w:r></w:p></w:comment></w:comments>"
)
HEADER: Final = f"{XML}<w:hdr {W}><w:p><w:r><w:t>Concept versie</w:t></w:r></w:p></w:hdr>"
FOOTNOTES: Final = (
    f'{XML}<w:footnotes {W}><w:footnote w:id="2">'
    "<w:p><w:r><w:t>Zie bron elders.</w:t></w:r></w:p></w:footnote></w:footnotes>"
)


def run(text: str, look: str = "") -> str:
    """Return a run of Word, such as a bold one with the look `<w:b/>`."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, style: str = "", numbered: int = 0) -> str:
    """Return a paragraph of Word; what is no run yet becomes one."""
    look = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbered:
        look += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numbered}"/></w:numPr>'
    inside = "".join(one if one.startswith("<") else run(one) for one in runs)
    return f"<w:p><w:pPr>{look}</w:pPr>{inside}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """Return a table of Word."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def docx(*blocks: str, before: str = "") -> bytes:
    """Return a file of Word with these blocks; `before` stands between declaration and root."""
    document = f"{before}<w:document {W}><w:body>{''.join(blocks)}<w:sectPr/></w:body></w:document>"
    return packed({
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": RELATIONS,
        "word/_rels/document.xml.rels": DOCUMENT_RELATIONS,
        "word/document.xml": XML + document,
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
        "word/comments.xml": COMMENTS,
        "word/header1.xml": HEADER,
        "word/footnotes.xml": FOOTNOTES,
    })  # fmt: skip


def packed(parts: dict[str, str | bytes]) -> bytes:
    """Return a zip of parts by their names; a `mimetype` is stored plainly, as ODF wants."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text, ZIP_STORED if name == "mimetype" else None)
    return made.getvalue()


ODT: Final = "application/vnd.oasis.opendocument.text"
OASIS: Final = "urn:oasis:names:tc:opendocument:xmlns"
SPACES: Final = " ".join(
    f'xmlns:{short}="{OASIS}:{name}:1.0"'
    for short, name in [
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
        ("fo", "xsl-fo-compatible"), ("meta", "meta"),
    ]
)  # fmt: skip
DC: Final = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
MANIFEST: Final = (
    f'{XML}<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODT}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def odt(*blocks: str, before: str = "") -> bytes:
    """Return a file of LibreOffice with these blocks."""
    content = (
        f"{before}<office:document-content {SPACES} {DC}><office:body><office:text>"
        f"{''.join(blocks)}</office:text></office:body></office:document-content>"
    )
    return packed({
        "mimetype": ODT,
        "content.xml": XML + content,
        "META-INF/manifest.xml": MANIFEST,
    })  # fmt: skip
