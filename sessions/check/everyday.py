"""Words by which a line is known to be at home in Dutch or English, and words of no language."""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


AT_HOME: Final = _words(
    # Dutch
    "aan aandacht aarde achter adem ademen ademhaling ademt alleen altijd andere been benen bij "
    "bijna blijf bodem bomen boom boven brood buik daar daarna deken deur deze diep doe doen "
    "doet door een eens eerst eigen elf elke ergens even fijn ga gaan gaat gedachte gedachten "
    "geef geeft geen geluid geluiden genoeg gevoel gewoon gezicht goed grote haar hadden handen "
    "hars heb hebben hebt heeft heel heen heerlijk het hij hoe hoeft hoewel hoofd hoor hoort "
    "houd huis iemand iets ik jij jou jouw kijk kijken kijkt kleine knieën komen komt kunnen "
    "kunt kussen laat langzaam langzame laten lichaam lig liggen ligt lijf linkerarm linkerbeen "
    "lucht maak maan maar merk mij mijn misschien moet moeten mogen naar nadat natte neem negen "
    "nergens neus niemand niet niets nieuw nieuwe nooit ochtend of ogen omdat onder ons onze "
    "ook oude pad plek proeft rechterarm rechterbeen rechtop rond rug ruik ruikt ruimte rust "
    "rustig schone schouders sluit soms staan steeds sterren stil stilte strand tellen tenen "
    "tenslotte terug terwijl tien tijd toch totdat twaalf twee uit vaak vanaf vanavond vandaag "
    "veel veilig verder vijf vingers vloer voel voelen voelt voet voeten volgende voor vooral "
    "voordat waar wacht wanneer waren warmte wat weer weinig welkom weten wij willen wilt "
    "worden wordt zacht zachte zachtjes zakken zeg zegt zelf zeven zich zien zijn zit zitten "
    "zoals zodat zonder zouden zout zwaar "
    # English
    "about after again against air allow allowed almost along although always and another "
    "answer any anybody around asleep awake away back beach because become been before begin "
    "behind being belly belong below between big body both bread breath breathe breathing "
    "breaths bring chest clean close cloud clouds could counting counts darkness deep does down "
    "each early earth easy eight eleven enough evening every everybody everything exhale eyes "
    "feel feeling feels feet fine fingers five floor forest four from garden gently give good "
    "grass ground hands harbour have head hear heard heart heavy here his house how if inhale "
    "into it its keep kitchen knees left leg legs like listen little look lower lungs many may "
    "maybe morning much neck need never next night nine nobody not nothing notice now of ones "
    "only or other our out own past path peace peaceful perhaps porch quiet rest right room "
    "safe sea seven shed sheets shoulders sit sky sleep slow slowly small smell soft softly "
    "some someone something sometimes somewhere soon sound stars stay still take taste ten than "
    "that the their them then there these they thing things this those thought thoughts three "
    "through time tired today toes together tomorrow tonight touch tree trees twelve two until "
    "up upper very wait want warmth way welcome what when where which while wide window wish "
    "with without would yesterday you your "
)
"""Common in sessions, and not in the languages beside these: so not `je`, `de`, `van` or `as`."""

SHARED: Final = _words(
    # Dutch
    "je de van in en is op om te dat die dit tot met mee als zo ze we al er nog mag kan wil zal "
    "was nu hier ben bent alles alle hele over hun moment dan kom samen langs "
    # English
    "a i am to be my can at all is as on own no in just do for more one we i'll i'm but was will "
    "moment stop are "
)
"""Words of home that other languages have, too: a line that is mostly made of them is at home."""

OF_ALL: Final = _words(
    "om aum mani padme hum ham so namaste namasté shanti shantih lokah samastah sukhino bhavantu "
    "sat nam wahe guru ong namo dev gate paragate parasamgate bodhi svaha swaha sa ta na ma "
    "yoga nidra pranayama ujjayi nadi shodhana kapalabhati bhramari hatha vinyasa yin yang mudra "
    "mantra chakra muladhara svadhisthana manipura anahata vishuddha ajna sahasrara prana apana "
    "metta karuna mudita upekkha vipassana samatha anapanasati zazen zen tao qi chi ki gong qigong "
    "tai reiki dan tian tien tan hara solar plexus sushumna ida pingala kundalini dharma karma "
    "sangha buddha brahma shiva shakti krishna hare rama ganesha gayatri ave maria gratia plena "
    "asato sadgamaya tamaso jyotirgamaya mrityor amritam gamaya bhur bhuvah tat savitur varenyam "
    "bhargo devasya dhimahi dhiyo yo nah prachodayat nam myoho renge kyo tare tuttare ture soha "
    "kyrie eleison amen halleluja hallelujah la hm hmm mmm ah aah ooh oh"
)
"""Mantras and names of practices, which are said in sessions of every language."""
