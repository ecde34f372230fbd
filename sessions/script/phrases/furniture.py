"""Know the lines of a page around a script, and those of who made it, by which nothing is meant."""

from __future__ import annotations

import re
from typing import Final

from sessions.script.phrases.makers import MAKERS
from sessions.script.phrases.numerals import UNITS


def _any(field: str) -> str:
    return "|".join(getattr(row, field) for row in MAKERS.values())


_HOST = r"(?:[a-z0-9-]+\.)+(?:com|org|net|be|nl|eu|uk|info|io|co|me|health|coach|yoga)"
_ADDRESS = rf"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.-]*\w|{_HOST}(?:/\S*)?"
_PHONE = r"(?:\+[0-9]{1,3}|\(?0[0-9]{1,4}\)?|\([0-9]{3}\))(?:[ ./-]{0,3}[0-9]){5,12}"
_CONTACT = rf"(?:(?:{_any('contacts')})[.:]{{0,2}} ?)?(?:{_ADDRESS}|{_PHONE})"
_BETWEEN = r"\s*(?:[|·•,/–-]|\s)\s*"  # noqa: RUF001 - the dash that people type
_NETWORK = (
    r"(?:facebook|twitter|x|instagram|linkedin|pinterest|whatsapp|youtube|tiktok|reddit|e-?mail"
    r"|print)"
)
_PAGE: Final = re.compile(
    rf"(?:{_any('furniture')})[.!:…»>]*|©\s*\S.*|\(c\) ?[0-9]{{4}}.*"
    r"|[0-9]{1,3} ?/ ?[0-9]{1,3}|[-–—] ?[0-9]{1,3} ?[-–—]"  # noqa: RUF001 - as above
    rf"|{_CONTACT}(?:{_BETWEEN}{_CONTACT}){{0,3}}"
    rf"|(?:(?:share|deel)(?: (?:this|dit))?:? ?)?{_NETWORK}(?:{_BETWEEN}{_NETWORK}){{1,6}}"
    r"|#[^\W\d_][\w-]{2,30}(?:[ ,]+#[^\W\d_][\w-]{1,30}){1,20}|#(?-i:[a-z])[^\W\d_]{3,30}",
    re.IGNORECASE,
)
_TITLE = r"(?i:dr|drs|mr|mrs|ms|prof|ir|ing|ds)\.?"
_NAME = r"[A-Z][^\W\d_A-Z][\w'’-]*|[A-Z]\."  # noqa: RUF001 - as above
_FULL_NAME = (
    rf"(?:{_TITLE}\s+)+(?:{_NAME})(?:\s+(?:{_NAME}|van|de|der|den|von|la|du))*"
    rf"|(?:{_NAME})(?:\s+(?:{_NAME}|van|de|der|den|von|la|du))+"
)
_DEGREES = r"(?:,?\s*\(?(?:(?:[A-Z]\.?){1,3}[a-z]{0,3}\.?[A-Z]?\.?,?\s?){1,3}\)?)?"
_CREDIT: Final = re.compile(
    rf"(?i:[—–-]\s*)?(?i:(?:{_any('makings')})\s+)?(?i:by|door):?\s+"  # noqa: RUF001 - as above
    rf"(?:(?:{_FULL_NAME}){_DEGREES}|\S.{{0,40}}?\s*[|·•,–-]\s*.{{0,12}}(?:19|20)[0-9]{{2}})"  # noqa: RUF001
    rf"|(?i:(?:{_any('makings')})\s+(?:by|door)):?\s+[A-Z].{{1,60}}"
)
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_LENGTH: Final = re.compile(
    rf"(?:(?:{_any('lasting')})[:=]?\s+)?(?:(?:{_any('rough')}|±|\+/-|~)\s*)?[0-9]{{1,3}}"
    rf"(?:[.,:][0-9]+)?(?:\s*(?:-|–|to|tot|à)\s*[0-9]{{1,3}})?\s*(?:{_UNIT})\.?",  # noqa: RUF001
    re.IGNORECASE,
)
_REMARK: Final = re.compile(
    rf"(?:{_any('usage')})(?:\?|:\s*\S.*)?"
    rf"|(?:{_any('remarks')})(?:\s[^:]{{1,30}})?(?::|(?<=nb)|(?<=n\.b\.))\s+"
    rf"(?:.*(?<!\w))?(?:{_any('working')})(?!\w).*",
    re.IGNORECASE,
)


def of_page(body: str) -> bool:
    """Tell whether a line belongs to the page that a script stood on."""
    return _PAGE.fullmatch(body) is not None


def is_credit(body: str) -> bool:
    """Tell whether a line only says by whom the script is."""
    return _CREDIT.fullmatch(body.strip("*_ ")) is not None


def is_length(body: str) -> bool:
    """Tell whether a line only says how long the session is: `(about 10 minutes)`."""
    return _LENGTH.fullmatch(body.strip("*_()[] ")) is not None


def is_remark(body: str) -> bool:
    """Tell whether a line says to its reader how to record or to use the script."""
    return _REMARK.fullmatch(body.strip("*_()[] ")) is not None
