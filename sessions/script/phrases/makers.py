"""Know what people write into a script for those who make the recording: a row per language.

To teach it a word, put it into its row; what reads them stands in
`sessions.script.phrases.production`. Words with `(?:...)` are patterns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sessions.script.model import Language

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Makers:
    """The words of a language that are for the maker; patterns in small letters, parted by `|`.

    Attributes
    ----------
    certain, keys, likely, qualified
        Keys of a header: `certain` ones whatever follows, `keys` unless a sentence does, and
        `likely` ones if nothing of `address` does; and what may stand before any.
    address
        Words of sentences that a listener is told, and of no value of a header.
    speakers, exclaimed
        Who speaks, before a colon; and what is said before one, however often.
    notes, likely_notes
        Keys of a note for the studio; `likely` ones unless a sentence follows.
    gaps, gaps_alone
        What is to be filled in, between brackets and on a line alone.
    furniture, contacts
        Lines of a page around a script, and what stands before an address or a number there.
    makings
        What was done `by` somebody.
    lasting, rough
        What stands before the length of a session.
    usage, remarks, working
        How to use a script; the keys of a remark, and words of it that only its reader is told.
    sections
        Headings, by what stands below them.
    columns, voiced
        Headings of a table's columns, by what they hold; and of those that are spoken.
    homonyms
        Words that stand in `sections` or `columns` of another language, and are said in this one.
    """

    certain: str
    keys: str
    likely: str
    qualified: str
    address: str
    speakers: str
    exclaimed: str
    notes: str
    likely_notes: str
    gaps: str
    gaps_alone: str
    furniture: str
    contacts: str
    makings: str
    lasting: str
    rough: str
    usage: str
    remarks: str
    working: str
    sections: Mapping[str, str]
    columns: Mapping[str, str]
    voiced: str
    homonyms: str


STUDIO: Final = "notes for the studio"
READER: Final = "instructions for the reader"
ABOUT: Final = "about the script"
SOURCES: Final = "sources"

_ENGLISH: Final = Makers(
    certain=(
        "duration|run(?:ning)? ?time|reading time|word ?count|target audience|author|written by"
        "|narrated by|script by|text by|copyright|bit ?rate|file ?name|script ?type|url"
        "|speaking rate|age ?group"
    ),
    keys=(
        "words|audience|published|date|updated|tags|keywords|category"
        "|title|subtitle|ambient|ambience|sound ?scape|sound effects?|sound design"
        "|bpm|format|version|language|equipment|microphone"
        "|voice ?style|voice ?over|background sounds?|background music|source"
        "|references|sources|bibliography|adapted from|based on|photo(?: credits?)?|materials?"
        "|props"
        "|requirements|licen[cs]e|credits|genre|difficulty|platform"
    ),
    likely=(
        "length|time|music|sound|sounds|voice|style|level|tone|mood|pace|tempo|speed|volume"
        "|background|setting|theme|delivery|pauses|purpose|image|what you need|you will need|script"
    ),
    qualified=(
        "approx(?:imate|\\.)?|total|estimated|suggested|recommended|target|audio|session|script"
    ),
    address="you|your|yours|yourself|you're|we|our|us|let|i|me|my|it|is|are|here|them|they|that|all",
    speakers=(
        "narrator|narration|speaker|host|guide|voice|voice[ -]?over|vo|therapist|hypnotist|teacher"
        "|coach|facilitator|instructor|presenter|reader|client|male|female"
    ),
    exclaimed=(
        "remember|note|important|warning|tip|breathe(?: in| out)?|inhale|exhale|hold|in|out|rest"
        "|and|but|now|please|yes|no|ps|begin|here|nb|n\\.b\\.|step|day|week|part|phase|stop|rain"
        "|love|left|right|first|second|third|then|next|finally|question|answer|say|repeat|think"
        "|notice|feel|relax|listen|imagine|head|heart|body|mind|let go|morning|evening|night"
    ),
    notes=(
        "(?:recording|studio|director'?s?|production|editor'?s?|reader'?s?|narrator'?s?"
        "|voice[ -]?over) notes?"
        "|notes? (?:to|for) (?:the )?(?:narrator|reader|speaker|studio|editor|recording|producer"
        "|director|engineer|self|facilitator|voice ?over)s?"
    ),
    likely_notes="studio|director|editor|producer",
    gaps=(
        "(?:.+ )?to be (?:inserted|added|written|filled(?: in)?|done|decided|determined)|insert .+"
        "|(?:fill in|add|enter) (?:(?:your|the|a|client'?s?) )?(?:name|text|title|place).*"
        "|(?:your|client|listener|listener's|client's|first)? ?name(?: here)?"
        "|your .+ here|placeholder|tbd|tba|tbc|todo|xxx+|\\?\\?\\?+"
    ),
    gaps_alone="to be (?:inserted|added|written|done|decided|determined|continued)",
    furniture=(
        "page [0-9]+(?: of [0-9]+)?|all rights reserved|read more|share this(?: (?:post|page"
        "|article|script|on .+))?|subscribe(?: (?:to|for) (?:our|my|the|this) .+| now| here)?"
        "|follow (?:us|me) on .+|back to (?:top|home|index)"
        "|click here(?: (?:to|for) .+)?|sign up (?:for|to) .+"
        "|download (?:this|the) (?:script|pdf|audio|recording|file|mp3).*|print this(?: page)?"
        "|related (?:posts|articles|scripts)|leave a (?:comment|reply)|previous post|next post"
        "|skip to content|table of contents|posted (?:by|on|in) .+|advertisement|print"
        "|[0-9]+ (?:comments?|likes?|shares?|views?)|[0-9]+ min(?:ute)? read|privacy policy"
        "|(?:please |don't forget to |remember to )?(?:like|share)(?:, ?(?:like|share|comment))?"
        ",? (?:and|&) (?:subscribe|share)"
        "|(?:please |don't forget to |remember to )subscribe"
        "|(?:.{0,30}(?:website|site) )(?:uses?|sets) (?:.{0,20} )?cookies\\b.*"
        "|we use (?:.{0,20} )?cookies (?:to|on|for)\\b.*|accept (?:all )?cookies|cookies"
        "|cookie (?:policy|settings|preferences|notice)"
    ),
    contacts="tel|telephone|phone|call|mobile|e-?mail|mail|web(?:site)?|fax|contact",
    makings="written|narrated|script|created|compiled|recorded|translated|adapted|edited|read"
    "|prepared|text|meditation|photo|image",
    lasting="duration|length|time|(?:total|running|reading) time",
    rough="about|approx(?:imately|\\.)?|around|roughly",
    usage="how to (?:use|read|record) (?:this|the) (?:script|text|recording|session|meditation)s?"
    "|how do (?:you|i) (?:use|read|record) (?:this|the) (?:script|text|recording)",
    remarks="tips?|notes?|important|instructions?|n\\.b\\.|nb|attention|remark|pro tip",
    working="record(?:ing)?|microphone|read (?:this|it|slowly|aloud|the text)"
    "|(?:the )?(?:client|listeners?|narrator)|fade|music (?:off|on|out|in|down)|script",
    sections={
        STUDIO: (
            "(?:recording|production|studio|director'?s?|narrator'?s?|narration|audio|voice"
            "|technical"
            "|editor'?s?|sound|delivery) (?:notes?|instructions?|tips?|guidelines?|directions?)"
            "|how to record(?: .+)?|tips for recording(?: .+)?"
            "|notes? (?:for|to) (?:the )?(?:narrator|speaker|studio|editor|recording|producer"
            "|voice).*"
        ),
        READER: (
            "how to (?:use|read)(?: (?:this|it|the (?:script|recording|session)).*)?|usage"
            "|(?:instructions?|notes?|guidelines?|tips?) for (?:the )?(?:reader|use|facilitator"
            "|teacher|therapist)s?"
            "|instructions?|reader(?:'s)? (?:notes?|instructions?)|before you (?:record"
            "|read)(?: .+)?"
        ),
        ABOUT: (
            "script (?:info(?:rmation)?|details)|about (?:the author|(?:this|the) script|us|me)"
            "|table of contents|licen[cs]e|copyright|credits|acknowledge?ments|metadata|changelog"
            "|version history|word count|related (?:posts|scripts)"
        ),
        SOURCES: "references|sources?|bibliography|further reading|footnotes"
        "|(?:links|resources) (?:and|&) (?:links|resources)",
    },
    columns={
        "times": (
            "time|times|time ?codes?|time ?stamps?|duration|length|min\\.?|minutes?|start|end|from"
            "|to"
        ),
        "sounds": (
            "sounds?|music|sfx|sound effects?|background|background (?:music|sounds?)|ambien(?:t"
            "|ce)"
            "|audio|sound ?scape|bells?|music ?/ ?(?:effects?|sounds?)"
        ),
        "notes": (
            "notes?|remarks?|comments?|directions?|instructions?|delivery|tone|stage directions?"
            "|cues?|visuals?|video|purpose"
        ),
        "numbers and names of parts": (
            "#|nr\\.?|no\\.?|number|line|phase|section|step|part|speaker|scene"
        ),
    },
    voiced=(
        "voice|voice-?over|vo|text|script|narration|narrator|words|speech|spoken(?: text| words)?"
        "|what (?:to|you) say|dialogue|lines"
    ),
    homonyms="begin|van|toon|beeld|bel",
)
_DUTCH: Final = Makers(
    certain=(
        "tijdsduur|leestijd|speelduur|aantal woorden|doelgroep|auteur|geschreven door"
        "|ingesproken door|bestandsnaam|spreektempo|bronvermelding"
    ),
    keys=(
        "duur|woorden|schrijver|gepubliceerd|datum|trefwoorden|categorie|titel|ondertitel"
        "|nodig|benodigd|materia(?:al|len)|bronnen|literatuur|referenties"
        "|gebaseerd op"
        "|foto|afbeelding|bewerking|wat heb je nodig|dit heb je nodig"
        "|achtergrondgeluid(?:en)?|achtergrondmuziek|geluidseffect(?:en)?|geluidsdecor"
        "|versie|taal|benodigdheden|microfoon|stemgebruik|bron|licentie|moeilijkheid"
        "|leeftijd"
    ),
    likely=(
        "lengte|tijd|muziek|geluid|stem|stijl|niveau|toon|sfeer|tempo|volume|achtergrond|thema"
        "|pauzes|doel|tekst|wat je nodig hebt"
    ),
    qualified="totale|geschatte|geschikte|ca\\.?|aanbevolen",
    address="je|jij|jou|jouw|u|uw|we|wij|ons|onze|laat|ik|mij|mijn|het|is|zijn|hier|ze|alles|die",
    speakers=(
        "verteller|spreker|inspreker|stem|voice-?over|voorlezer|begeleider|gids|therapeut"
        "|presentator|docent|trainer"
        "|cliënt"
    ),
    exclaimed=(
        "onthoud|let op|belangrijk|tip|adem(?: in| uit)?|in|uit|rust|en|maar|nu|ja|nee|houd vast"
        "|vast|ps|n\\.b\\.|stap|dag|week|deel|fase|stop|links|rechts|eerst|dan|daarna|ten slotte"
        "|vraag|antwoord|zeg|herhaal|denk|voel|merk|ontspan|luister|hoofd|hart|lijf|laat los|zacht"
        "|ochtend|avond|nacht"
    ),
    notes=(
        "(?:noot|notitie|opmerking|aanwijzing|tip)(?:en|s)? (?:voor|aan) (?:de |het )?(?:voorlezer"
        "|lezer|inspreker|stem"
        "|spreker|verteller|studio|opname|regie|redactie|begeleider|techniek|technicus)s?"
        "|opname(?:notitie|aanwijzing)(?:en|s)?"
    ),
    likely_notes="regie|redactie",
    gaps=(
        "nog in te vullen|nog (?:te )?(?:invullen|schrijven|maken|doen)|(?:.+ )?invullen"
        "|vul (?:hier|je naam|naam) .*in"
        "|(?:jouw |je |uw )?naam(?: hier)?|volgt(?: nog)?|nader te bepalen|ntb"
    ),
    gaps_alone=(
        "nog in te vullen|nog (?:te )?(?:invullen|schrijven|maken|doen)|volgt nog|wordt vervolgd"
    ),
    furniture=(
        "pagina [0-9]+(?: van [0-9]+)?|bladzijde [0-9]+(?: van [0-9]+)?|alle rechten voorbehouden"
        "|lees (?:meer|verder)|deel (?:dit|deze pagina)(?: (?:bericht|artikel|script|op .+))?"
        "|schrijf je in voor .+|volg (?:ons|mij) op .+|terug naar (?:boven|home)"
        "|klik hier(?: (?:om|voor) .+)?"
        "|download (?:dit|het|de) (?:script|pdf|audio|opname).*|naar de inhoud"
        "|gerelateerde (?:berichten|artikelen)|laat een reactie achter|geplaatst (?:door|op|in) .+"
        "|[0-9]+ (?:reacties?|weergaven|vind-ik-leuks)|[0-9]+ min(?:uten)? leestijd|afdrukken"
        "|privacy ?(?:beleid|verklaring)|(?:vorige?|volgende?)(?: (?:bericht|artikel|pagina))?"
        "|(?:vergeet niet te )?(?:liken|delen) en (?:te )?abonneren"
        "|(?:.{0,30}(?:website|site) )(?:gebruikt|maakt gebruik van|plaatst) (?:.{0,20} )?cookies"
        "\\b.*|(?:wij|we) gebruiken (?:.{0,20} )?cookies (?:om|voor|op)\\b.*"
        "|(?:alle )?cookies (?:accepteren|weigeren|toestaan)|cookie-?(?:beleid|instellingen)"
    ),
    contacts="tel|telefoon|gsm|mobiel|bel|e-?mail|web(?:site)?|contact",
    makings="geschreven|gemaakt|opgemaakt|opgesteld|ingesproken|vertaald|bewerkt|samengesteld"
    "|tekst|script|foto|gelezen|voorgelezen",
    lasting="duur|tijdsduur|lengte|tijd|leestijd|totale duur",
    rough="ongeveer|ca\\.?|circa|zo'n",
    usage="hoe (?:gebruik|lees) (?:je|ik|u) (?:dit|deze|het|de) (?:script|tekst|opname|sessie)"
    "|hoe (?:dit|het) script te (?:gebruiken|lezen)",
    remarks="tips?|noot|opmerking(?:en)?|belangrijk|let op|aanwijzing(?:en)?|instructies?",
    working="opname|opnemen|microfoon|inspreken|voorlezen|lees (?:\\w+ ){0,3}voor|neem .{1,20} op"
    "|spreek (?:\\w+ ){1,4}(?:in|uit)|pauzeer|muziek (?:\\w+ )?(?:uit|aan|af|weg|zachter|zetten)"
    "|de (?:cliënt|luisteraar)|script",
    sections={
        STUDIO: (
            "opname-?(?:notities|aanwijzingen|instructies|tips)|regieaanwijzingen"
            "|(?:aanwijzingen|notities|tips|opmerkingen) voor (?:de )?(?:opname|studio|techniek"
            "|regie)"
            "|zo neem je (?:dit|het) op|hoe (?:neem je (?:dit|het) op|op te nemen)"
            "|productienotities"
        ),
        READER: (
            "gebruik|gebruiksaanwijzing|gebruiksinstructies?|instructies?|voor de (?:voorlezer"
            "|lezer|spreker)"
            "|(?:aanwijzingen|instructies|tips|notities) voor (?:de |het )?(?:voorlezer|lezer"
            "|spreker"
            "|verteller|begeleider|gebruik|voorlezen|therapeut)s?|hoe (?:te gebruiken"
            "|gebruik je .+)"
        ),
        ABOUT: (
            "over (?:de (?:auteur|schrijver)|dit script|ons|mij)|inhoudsopgave|licentie"
            "|colofon"
            "|scriptinformatie|script-?info|auteursrecht|dankwoord|trefwoorden"
        ),
        SOURCES: (
            "bronnen|bronvermelding|literatuur|literatuurlijst|verder lezen|voetnoten|referenties"
        ),
    },
    columns={
        "times": (
            "tijd|tijden|tijdcode|tijdstip|duur|lengte|min\\.?|minuten|minuut|begin|einde|van|tot"
        ),
        "sounds": (
            "muziek ?/ ?(?:effecten|geluiden)|geluid|geluiden|muziek|achtergrond|geluidseffecten"
            "|achtergrond(?:geluid|muziek)|bel"
        ),
        "notes": "notities?|opmerking(?:en)?|aanwijzing(?:en)?|toon|regie|beeld|doel|toelichting",
        "numbers and names of parts": "nr\\.?|nummer|regel|fase|onderdeel|stap|deel|spreker|scène",
    },
    voiced="stem|tekst|(?:uit)?gesproken tekst|script|woorden|wat je zegt|voice-?over|zin|zinnen",
    homonyms="links|start|end|step|cues?|min",
)  # fmt: skip

MAKERS: Final[Mapping[Language, Makers]] = {Language.ENGLISH: _ENGLISH, Language.DUTCH: _DUTCH}
"""What is written for the maker, by language."""
