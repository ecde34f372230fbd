"""Lines that a listener should hear, though each has a word in it that marks are made of."""

from __future__ import annotations

from typing import Final

from sessions.script.model import Language

ENGLISH: Final = """\
Rest.
Wait.
Be quiet now.
Silence.
Rest now, and let the chair hold you.
Take a pause whenever you like.
There is a pause between the in-breath and the out-breath.
Let there be silence around you.
In the silence you may hear your own breath.
Let your hands rest on your knees.
You need not wait for anything.
We will be quiet for two minutes now.
Soon I will be silent for a minute and a half.
Stay here for ten seconds.
Hold for four counts, then let go.
A bell may ring somewhere outside.
When you hear the bell, open your eyes.
The bell tells you that the time is over.
Hear the sound of a bowl as it fades.
Imagine a gong in a far temple.
Let the music carry you.
If there is music, let it be there.
Notice the sound of rain on the roof.
The rain begins, and you are dry inside.
Speak softly to yourself.
Breathe out slowly.
Breathe in (slowly) and out (slowly).
Breathe in (four counts) and out (six counts).
Whisper your own name.
Let your voice be warm and low.
Smile gently, if you like.
Sit down (a chair will do, rest your arms) and look.
There is time (no need to wait for anything) for this.
Let go of the day (all of it).
Perhaps there is a sound (a car, a bird), and that is fine.
Remember: you are safe here.
Say to yourself: all is well.
Notice three things: the floor, the chair, the air.
Here is the music: let it in.
Music: let it carry you where you want to go.
Time: you have plenty of it.
Note how your feet rest on the floor.
Note: you can stop at any time.
And now: nothing.
The end of the day is near.
In the end it is only a thought.
This is the end of the session.
At 10:30 you may be asleep.
10:30 is a good time for tea.
Wait for the next breath to come by itself.
Voice and breath belong together.
Feel the *silence* around your body.
This is *your* time, and *rest* is all there is to do.
**Rest.**
*Wait.*
Your breath — a pause — and your breath again.
Count along: one, two, three.
Length and width, the whole of your back.
Every sound is welcome, every pause as well.
The chime of a clock, far away.
Let the background be the background.
You are the author of your own day.
Nothing to share, nothing to read, nothing to do.
On this page of your life there is room.
To be continued tomorrow, and tomorrow is far away.
Well-being: that is all this is about.
Relax — and breathe.
Take a break from thinking.
A quiet place, a quiet heart.
REMEMBER: you can always come back.
The narrator in your head may rest as well.
Where your phone is does not matter now.
Walk every day (half an hour) in the open air.
Walk every day (30 minutes) in the open air.
For about ten minutes there is nothing to do.
Breathe in (slow) and out (long).
Count silently to five.
Let a silence fall around you.
Give yourself time.
Hear the *beat* of your heart.
Let go. *Softly* you sink.
Breathe *slowly* now.
Pause.
Wait for five seconds.
The client in you may rest.
Either rest/wait, or go on.
And/or is a small word.
Your well-being is 100% yours.
The path is 3 x 4 steps.
Repeat it three times.
Repeat after me: I am calm.
Say it twice.
Inhale, hold, exhale.
By the lake you sit down.
Tip: rest your head on a pillow.
Note: your hands may be warm now.
How do you use your breath?
a long silence
the sound of the bell
Gentle silence
the bell rings
a quiet pause
Silence
Now pause
Pause here
your own silence
a few breaths
Hold for 5
Hold for five
*Hold for 5*
Say "yes" (quiet) To it all.
STEP 2: Look at your hands.
DAY 1: Arrive.
RAIN: Recognize, Allow, Investigate, Nurture.
STOP: Stop, take a breath, observe, proceed.
LOVE: feel it.
LET GO: breathe out.
self-care: Not a luxury.
well-being: It begins here.
Feet: Relax them.
Hands: Relax them too.
ANNA: a name for the voice inside.
Words: let them drift by.
Language: it fails here.
Title: queen of your own life.
Source: the spring inside you.
Tags: let go of them.
Version: the one that you are today.
Date: let it be any day.
Director: you are the one of your own life.
Editor: the voice in you that judges.
Studio: this room in your mind is quiet.
Click here and there, the sound of crickets.
TODO list in your mind, let it go
*Silence*
**Silence**
*A long silence*
*the sound of the bell*
_Gentle silence_
Let the bell (the bell) ring in you.
Hear it (the rain falling) from afar.
Say it (repeat slowly) as often as you like.
Be there (quiet), and look.
Listen to it (gong, far away) in the dark.
Sit there (wait) until it comes.
Breathe in (4 seconds) for yourself.
"""

DUTCH: Final = """\
Rust.
Wacht.
Stil.
Stilte.
Rust maar even uit in je stoel.
Neem een pauze wanneer je wilt.
Tussen in- en uitademen is er een pauze.
Laat het stil worden om je heen.
In de stilte hoor je je eigen adem.
Laat je handen rusten op je knieën.
Je hoeft nergens op te wachten.
Nu is het twee minuten stil.
Straks zeg ik anderhalve minuut niets.
Blijf hier tien tellen.
Houd vier tellen vast en laat los.
Misschien gaat er buiten een bel.
Als je de bel hoort, open je je ogen.
De bel zegt dat de tijd om is.
Hoor hoe de klank van de schaal wegsterft.
Stel je een gong voor, ver weg in een tempel.
Laat de muziek je dragen.
Is er muziek, dan mag die er zijn.
Merk het geluid van de regen op het dak op.
De regen begint, en jij zit droog.
Praat zacht tegen jezelf.
Adem langzaam uit.
Adem in (langzaam) en uit (langzaam).
Adem in (vier tellen) en uit (zes tellen).
Fluister je eigen naam.
Laat je stem warm en laag zijn.
Glimlach een beetje, als je wilt.
Hoor de straat (een bel, een fiets) en kom terug.
Hulp nodig (bel 555, dag en nacht), neem die dan.
Laat de dag los (alles ervan).
Er is vast een geluid (een auto, een vogel), en dat is goed.
Dag (en rust maar).
Onthoud: je bent hier veilig.
Zeg tegen jezelf: alles is goed.
Merk drie dingen op: de vloer, de stoel, de lucht.
Dit is de muziek: laat haar binnen.
Muziek: laat je erdoor dragen.
Tijd: je hebt er genoeg van.
Let op: je kunt altijd stoppen.
LET OP: je kunt altijd stoppen.
En nu: niets.
Het einde van de dag is dichtbij.
Dit is het einde van de sessie.
Om 10:30 slaap je misschien al.
10:30 is een mooie tijd voor thee.
Wacht tot de volgende adem vanzelf komt.
Stem en adem horen bij elkaar.
Voel de *stilte* om je lijf.
Dit is *jouw* tijd, en *rust* is alles.
**Rust.**
*Wacht.*
Je adem — een pauze — en weer je adem.
Tel mee: een, twee, drie.
De lengte en de breedte, je hele rug.
Elk geluid is welkom, elke pauze ook.
De gong van een klok, heel ver weg.
Laat de achtergrond de achtergrond.
Jij bent de schrijver van je eigen dag.
Niets te delen, niets te lezen, niets te doen.
Op deze bladzijde van je leven is ruimte.
Een stille plek, een stil hart.
Ontspan — en adem.
Neem rust, zoveel je wilt.
De rest komt vanzelf.
Bel iemand die je lief is.
De verteller in je hoofd mag rusten.
Opmerkingen van vroeger mogen voorbijgaan.
Het duurt zo lang als het duurt.
Loop elke dag (een half uur) buiten.
Loop elke dag (30 minuten) buiten.
Ongeveer tien minuten hoef je niets.
Adem in (kort) en uit (lang).
Tel in stilte tot vijf.
Laat een stilte vallen om je heen.
Geef jezelf de tijd.
Laat los. *Zacht* zak je weg.
Adem *langzaam* uit.
Wacht tien tellen.
De cliënt in jou mag rusten.
Rust en/of kijk.
Na een minuut wordt het stiller.
Het pad is 3 x 4 stappen lang.
Herhaal het drie keer.
Herhaal na mij: ik ben rustig.
Zeg het tweemaal.
Adem in, houd vast, adem uit.
Door het raam valt licht.
Door Anna leer je lachen.
Tip: leg een kussen onder je hoofd.
NB: je mag altijd stoppen.
Hoe gebruik je je adem?
Nodig is er niets.
Zeer traag lezen je ogen de lucht.
Een lange stilte
een lange stilte
De klankschaal klinkt
Een adempauze
Houd 4 tellen vast
Zeg "ja" (stil) Tegen alles.
STAP 1: Ga zitten.
STAP 2: Kijk rond.
DAG 1: Kom aan.
ZACHT: je kaken.
LAAT LOS: adem uit.
zelf-zorg: Het begint hier.
Voeten: Laat ze los.
Woorden: laat ze gaan.
Bron: alles komt daaruit.
Taal: hier schiet ze tekort.
Titel: die heb je niet nodig.
Regie: die heb jij.
Klik hier en daar, het geluid van krekels.
Stilte
de bel gaat
zachte stilte
onze stilte
*Stilte*
**Stilte**
*Een lange stilte*
*De klankschaal klinkt*
Zit (stil) en kijk.
Zit nu (even wachten), en kijk.
Praat (heel zacht) tegen jezelf.
Hoor (klankschaal) hoe het klinkt.
Luister naar de stilte (stil).
Hoor het (de regen valt) en blijf.
Adem in (4 seconden) voor jezelf.
"""

SPOKEN: Final = {Language.ENGLISH: ENGLISH.splitlines(), Language.DUTCH: DUTCH.splitlines()}
