"""The sounds that Kokoro knows, and by which of them it says those of a language.

It was taught no Dutch. Its alphabet holds the sounds of English, French, Spanish, Italian and
others, though, and a mapped sound is one of those: the `ui` of *buik*, for example, which no other
language has.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.script.model import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

_NUMBERED: Final = (
    (1, ";:,.!?"), (9, '—…"()“”'), (16, " "), (17, "\u0303ʣʥʦʨᵝꭧAI"), (31, "O"), (33, "Q"),
    (35, "ST"), (39, "W"), (41, "Yᵊabcdef"), (50, "hijklmnopqrstuvwxyzɑɐɒæ"), (75, "βɔɕç"),
    (80, "ɖðʤə"), (85, "ɚɛɜ"), (90, "ɟ"), (92, "ɡ"), (99, "ɥ"), (101, "ɨɪʝ"), (110, "ɯɰŋɳɲɴø"),
    (118, "ɸθœ"), (123, "ɹ"), (125, "ɾɻ"), (128, "ʁɽʂʃʈʧ"), (135, "ʊʋ"), (138, "ʌɣɤ"), (142, "χʎ"),
    (147, "ʒʔ"), (156, "ˈˌː"), (162, "ʰ"), (164, "ʲ"), (169, "↓"), (171, "→↗↘"), (177, "ᵻ"),
)  # fmt: skip
"""Runs of the vocabulary: the number of the first sign, and the signs."""
VOCABULARY: Final[Mapping[str, int]] = {
    sign: first + place for first, signs in _NUMBERED for place, sign in enumerate(signs)
}
"""The number of each sign: `vocab` of the model's config.json."""

ESPEAK: Final[Mapping[Language, str]] = {Language.DUTCH: "nl", Language.ENGLISH: "en-us"}
"""The voice of espeak-ng that turns letters into sounds."""
MAPPED: Final[Mapping[Language, tuple[tuple[str, str], ...]]] = {
    Language.DUTCH: (
        ("ˌɪŋ", "ɪŋ"), ("œy", "ʌy"), ("ɵ", "ø"), ("ʏ", "ø"), ("ɦ", "h"), ("ʌʊ", "W"),
        ("ɔu", "W"), ("g", "ɡ"), ("r", "ɾ"), ("ʋ", "v"), ("ɣ", "x"),
    ),
    Language.ENGLISH: (
        ("eɪ", "A"), ("aɪ", "I"), ("aʊ", "W"), ("oʊ", "O"), ("əʊ", "O"), ("ɔɪ", "Y"), ("dʒ", "ʤ"),
        ("tʃ", "ʧ"), ("ɜːɹ", "ɜɹ"), ("ɜː", "ɜɹ"), ("ɚ", "əɹ"), ("əl", "ᵊl"), ("ɐ", "ə"), ("g", "ɡ"),
        ("r", "ɹ"), ("ɬ", "l"), ("ː", ""),
    ),
}  # fmt: skip
"""What stands for sounds of espeak-ng's, in this order."""
_OTHER_LANGUAGE = re.compile(r"\([a-z-]+\)")
"""How espeak-ng marks where it takes the sounds of another language."""


def plain_ipa(ipa: str) -> str:
    """Return espeak-ng's sounds without what are no sounds: marks of languages, joiners."""
    return _OTHER_LANGUAGE.sub("", ipa).replace("\u200d", "").replace("͡", "")


def sounds(ipa: str, language: Language) -> str:
    """Return the model's own sounds for those of a language, without what it has no sign for."""
    for theirs, ours in MAPPED[language]:
        ipa = ipa.replace(theirs, ours)
    return "".join(sign for sign in ipa if sign in VOCABULARY)
