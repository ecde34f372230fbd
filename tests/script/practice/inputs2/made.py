"""Files that no text editor writes: of word processors, of kinds that are refused, and bombs."""

# ruff: noqa: RUF001 -- quotes as people have them

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZipFile

from tests.script.practice.inputs2 import offices
from tests.script.practice.inputs2.offices import docx, odt, packed, paragraph, run, table

if TYPE_CHECKING:
    from collections.abc import Callable

WORD_NL: Final = docx(
    paragraph("Naar de zee", style="Titel"),
    paragraph("Aankomen", style="Kop1"),
    paragraph("Be", run("gin", "<w:b/>"), " maar. Voel je knie", run("ën.", "<w:i/>")),
    paragraph("Adem uit. [pau", run("ze 6", "<w:b/>"), "s] En blijf."),
    paragraph("kijk rond", style="Lijstalinea", numbered=1),
    paragraph("luister", style="Lijstalinea", numbered=1),
    paragraph("Blijven", style="Kop1"),
    table(("Links is het stil.", "Rechts ook."), ("Boven is lucht.", "Onder is grond.")),
    paragraph("Slaap zacht."),
)
WORD_EN: Final = docx(
    paragraph("The lake", style="Heading1"),
    paragraph(
        "<w:r><w:t>You hear rain.</w:t><w:br/><w:t>It’s far away.</w:t></w:r>",
        '<w:del w:id="5" w:author="E"><w:r><w:delText>Deleted words.</w:delText></w:r></w:del>',
        '<w:ins w:id="6" w:author="E"><w:r><w:t xml:space="preserve"> Stay.</w:t></w:r></w:ins>',
        '<w:r><w:commentReference w:id="0"/></w:r><w:r><w:footnoteReference w:id="2"/></w:r>',
        run(" invisible", "<w:vanish/>"),
    ),
    paragraph("(pause for 10 seconds)"),
    paragraph("Lift your hand.", numbered=2),
    paragraph("Put it down.", numbered=2),
    paragraph(
        '<w:r><w:t>See </w:t></w:r><w:hyperlink r:id="rId9"><w:r><w:t>the shore</w:t></w:r>'
        '</w:hyperlink><w:r><w:t>.</w:t></w:r>'
    ),
    paragraph(run("[softly] Good night.")),
)  # fmt: skip
ODT_NL: Final = odt(
    '<text:h text:outline-level="1">Aankomen</text:h>',
    "<text:p>Ga<text:s/>maar <text:span>zit</text:span>ten.<text:line-break/>Voel je knieën."
    "<office:annotation><dc:creator>Red</dc:creator><text:p>Nakijken graag</text:p>"
    "</office:annotation></text:p>",
    "<text:p>[pau<text:span>ze 6s</text:span>]</text:p>",
    "<text:list><text:list-item><text:p>kijk rond</text:p></text:list-item>"
    "<text:list-item><text:p>luister</text:p></text:list-item></text:list>",
    "<table:table><table:table-row><table:table-cell><text:p>Links is het stil.</text:p>"
    "</table:table-cell><table:table-cell><text:p>Rechts ook.</text:p></table:table-cell>"
    "</table:table-row></table:table>",
    '<text:h text:outline-level="2">Tot slot</text:h>',
    "<text:p>Dat was het.</text:p>",
)  # fmt: skip
ODT_EN: Final = odt(
    "<text:tracked-changes><text:changed-region><text:deletion><text:p>Deleted words.</text:p>"
    "</text:deletion></text:changed-region></text:tracked-changes>",
    "<text:p>Sit down.<text:tab/>Look around.</text:p>",
    "<text:p>(pause for 10 seconds)</text:p>",
    "<text:p>Rest<text:note><text:note-citation>1</text:note-citation><text:note-body>"
    "<text:p>Footnote words.</text:p></text:note-body></text:note> here.</text:p>",
)  # fmt: skip
MADE: Final = {
    "zee.docx": WORD_NL,
    "lake.docx": WORD_EN,
    "avond.odt": ODT_NL,
    "sit.odt": ODT_EN,
    "los.docx": docx(paragraph("Laat los."), paragraph(""), paragraph("Adem maar.")),
}


REFUSED: Final = {
    "oefening.pdf": (b"%PDF-1.7\n1 0 obj\n<<>>\n", "pdf"),
    "oud.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000), "word|doc"),
    "boek.epub": (packed({"mimetype": "application/epub+zip", "a.xhtml": "<p>a</p>"}), "epub"),
    "rust.pages": (packed({"Index/Document.iwa": "a"}), "pages"),
    "scan.png": (b"\x89PNG\r\n\x1a\n\x00\x00", "png|picture|image"),
    "scan.jpg": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "jpe?g|picture|image"),
    "stem.mp3": (b"ID3\x04\x00\x00\x00\x00\x00\x00", "mp3|audio|recording|sound"),
    "stem.wav": (b"RIFF\x24\x00\x00\x00WAVEfmt ", "wav|audio|recording|sound"),
    "film.mp4": (b"\x00\x00\x00\x18ftypmp42", "mp4|video|film"),
    "alles.zip": (packed({"a.txt": "Dag."}), "zip|archive"),
    "lijst.xlsx": (packed({"xl/workbook.xml": "<a/>"}), "xlsx|excel|spreadsheet"),
    "dia.pptx": (packed({"ppt/presentation.xml": "<a/>"}), "pptx|powerpoint|slides|presentation"),
    "boek.mobi": (b"BOOKMOBI" + bytes(80), "mobi"),
    "blad.ods": (packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "ods"),
    "pak.exe": (b"MZ\x90\x00" + bytes(64), "exe"),
}


def swollen(name: str, begin: str) -> bytes:
    """Return a zip whose part `name` holds 300 MB of spaces after its begin."""
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", offices.CONTENT_TYPES)
        archive.writestr("_rels/.rels", offices.RELATIONS)
        with archive.open(name, "w") as part:
            part.write(begin.encode())
            for _ in range(300):
                part.write(b" " * 1_000_000)
    return made.getvalue()


LAUGHS: Final = (
    "<!DOCTYPE a [<!ENTITY a0 'lol'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    + "]>"
)
DEEP: Final = 200_000
BOMBS: Final[dict[str, Callable[[], bytes]]] = {
    "zip.docx": lambda: swollen("word/document.xml", f"<w:document {offices.W}>"),
    "zip.odt": lambda: swollen("content.xml", "<office:document-content>"),
    "entities.docx": lambda: docx(paragraph("&a9;"), before=LAUGHS),
    "entities.odt": lambda: odt("<text:p>&a9;</text:p>", before=LAUGHS),
    "outside.docx": lambda: docx(
        paragraph("&x;"), before='<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    ),
    "entities.ssml": f"{LAUGHS}<speak>&a9;</speak>".encode,
    "deep.docx": lambda: docx("<w:p>" * DEEP + "</w:p>" * DEEP),
    "deep.odt": lambda: odt("<text:p>" * DEEP + "</text:p>" * DEEP),
    "deep.ssml": lambda: b"<speak>" + b"<p>" * DEEP + b"a" + b"</p>" * DEEP + b"</speak>",
    "deep.json": lambda: b"[" * DEEP + b"]" * DEEP,
    "deep-keys.json": lambda: b'{"parts":' * 50_000 + b"1" + b"}" * 50_000,
    "deep.rtf": lambda: b"{\\rtf1 " + b"{\\b " * DEEP + b"a" + b"}" * DEEP + b"}",
}
