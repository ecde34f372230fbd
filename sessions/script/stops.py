"""Words behind which a point may stand without ending a sentence, of Dutch and English alike.

A script has both languages side by side (`[lang en]`), and a reader of sentences is not told which.
All in small letters, without the last point.
"""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ABBREVIATIONS: Final = _words(
    # Dutch
    "dr drs mr prof ir ing mevr mw dhr sint nr nrs bijv bv vb d.w.z o.a m.a.w t.o.v m.b.t i.p.v "
    "i.v.m t.a.v o.l.v n.a.v z.g zgn vgl evt resp blz ca incl excl m.n d.m.v m.b.v i.h.b c.q m.m.v "
    "t.g.v i.t.t t.b.v jhr mgr "
    # English
    "mrs ms st e.g i.e vs cf circa rev capt lt col sgt gen gov mt ft viz approx messrs"
)
"""A name or word follows, never a new sentence."""

STREET: Final = "st"
"""The abbreviation that may stand behind a name, too: `Baker St.`"""

FINAL_ABBREVIATIONS: Final = _words(
    "etc enz e.d e.a o.i.d t.z.t a.u.b s.v.p max min n.v.t z.o.z a.s j.l e.v "
    "a.m p.m jr sr no n.b p.s u.s u.k et.al"
)
"""These may also end a sentence; a capital after them tells."""

NUMBERED: Final = _words(
    "max min p pp pag nr hfst hfdst afb afl art par gem ong no nos vol ch fig sec pt"
)
"""No end before a number: `p. 12`, `no. 5`, where no number stands before: `5 min. 3 keer`."""

UNITS: Final = _words("u uur sec sek min km cm mm m kg gr g ml cl dl l hr hrs lb oz ft")
"""No end behind a number and before a small letter: `om 8 u. gaan we`."""

MONTHS: Final = _words(
    "januari februari maart april mei juni juli augustus september oktober november december "
    "january february march may june july august october"
)
SHORT_MONTHS: Final = _words("jan feb febr mrt apr jun jul aug sep sept okt oct nov dec mar")
SHORT_DAYS: Final = _words("ma di wo do vr za zo mon tue tues wed thu thur thurs fri sat sun")
TWOFOLD_MONTHS: Final = _words("may march")
"""In capitals, also the first word of a sentence: `Count to 5. May you be well.`"""
BEFORE_DATES: Final = _words(
    "op de vanaf sinds van per rond tegen voor na tot on the since until till from by before after"
)

LETTERED: Final = _words(
    "vitamine plan groep type punt hepatitis deel klas optie stap letter noot kamer lijn blok "
    "model variant figuur toets snaar graad zaal team poort perron "
    "vitamin group point part option step note room line block figure key string grade hall gate "
    "section class exhibit track side chord"
)
"""What is named by one letter, which ends a sentence like any word."""

STARTERS: Final = _words(
    # Dutch
    "ik je jij u we wij ze zij hij het een dit dat deze die er en maar want dus dan nu daar hier "
    "daarna daarom straks adem laat voel kijk ga rust blijf kom neem leg zit sta wacht luister "
    "merk doe tel sluit open geef zoek alles niets niemand iedereen als wanneer terwijl misschien "
    "ook samen nog heel zo wat wie waar hoe met in op bij naar na voor om te geen jouw mijn ons "
    "onze lees goed ja nee stil dank probeer denk houd beweeg "
    # English
    "i you he she it we they the a an this that these those there and but so then now here after "
    "afterwards later breathe let feel look go rest stay come take sit stand wait listen notice do "
    "count close open give find everything nothing nobody everyone if when while perhaps maybe "
    "also just what who where how with in on at to for from no your my our his her their read good "
    "yes together quiet thank try think hold move keep allow imagine bring lie as or not can may"
)
"""Words that begin sentences of a session; none of them is a family name as a rule."""
