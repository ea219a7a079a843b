"""How titles get their names: one word, a place, a person, `The X of Y`, a sentence, or their own language."""

import numpy as np

from openslate.data.simulate.traditions import pick
from openslate.data.simulate.vocabulary import VOCABULARIES

Story = dict[str, str]
"""What a title is about: the words that its name and its synopsis share (`lead`, `other`, `place`, ...)."""

NUMBERS = ("Five", "Six", "Nine", "Eleven", "Thirteen", "Fourteen", "Nineteen", "Forty", "Ninety", "A Thousand")

FORMS: tuple[tuple[float, str], ...] = (
    (10, "The {adjective} {noun}"),
    (9, "The {noun} of {place}"),
    (6, "The {noun} of {tail}"),
    (9, "{word}"),
    (7, "{start}{end}"),
    (5, "{plural} of {place}"),
    (4, "{number} {plural}"),
    (3, "{plural} and {plural2}"),
    (4, "{place}"),
    (4, "A {noun} in {place}"),
    (3, "{given} and the {noun}"),
    (2, "The {noun} and the {noun2}"),
    (12, "{sentence}"),
)

SERIES_FORMS: tuple[tuple[float, str], ...] = ((5, "{place}"), (4, "The {family} {plural}"), (3, "{given} of {place}"))

SENTENCES: dict[str, str] = {
    "any": """Nobody Comes to {place}|What {given} Knew|The Year We Left {place}|Ask {given} About {place}
        |Everything {given} Said|Back Before {place}|Not Far from {place}|Waiting for {given} {family}""",
    "Drama": """Somebody Else's {noun}|We Buried It in {place}|{given}, Eventually|Leave the {noun} to Me
        |What the {plural} Remember|My Mother's {noun}|The Winter {given} Stayed|A Room for {given}""",
    "Comedy": """{given} Regrets Everything|Don't Tell the {plural}|Never Lend {given} Your Car|How to Lose a {noun}
        |Meet the {family}s of {place}|Technically, {given} Won|This Is Not My {noun}|Everyone but {given}""",
    "Thriller": """{given} Does Not Exist|Do Not Open the {noun}|Six Hours to {place}|The {noun} Is Listening
        |They Followed {given}|No {plural} in {place}|Say {given}'s Name Once|The Man from {place}""",
    "Crime": """{given} {family} Owes Money|The {place} Job|A Bad Night in {place}|What They Found at {place}
        |The {family} Case|Blame the {noun}|One Last {noun}|All the {plural} in {place}""",
    "Romance": """Dancing with {given}|{given} and {given2}|Meet Me in {place}|Yours, from {place}|Kiss the {noun}
        |{given}, Again|The Second Time in {place}|Falling for the {noun}|Ever Yours, {given}""",
    "Science fiction": """The {plural} Dream of Us|{given} Version Two|Tomorrow in {place}|After the {plural}
        |We Woke the {noun}|No Sky over {place}|The {noun} That Answered|Return to {place} Station""",
    "Fantasy": """{given} of the {plural}|The {plural} of {place}|When the {noun} Wakes|House of {plural}
        |{given} and the {adjective} {noun}|The Road to {place}|Sing the {noun} Down|Heir to the {noun}""",
    "Horror": """Don't Look at the {noun}|It Came Home to {place}|Something Ate {given}|The {plural} Are Inside
        |Never Sleep in {place}|{given} Is Still Downstairs|Feed the {noun}|Knock for {given}""",
    "Adventure": """{given} Against the {plural}|To {place} by {noun}|Over the {plural}|The Long Way to {place}
        |{given} {family} and the {noun}|West of {place}|The Race for {place}|Beyond {place}""",
    "Documentary": """How {plural} Work|The Last {noun}|Listening to {plural}|The {place} Tapes|A Year in {place}
        |Inside the {noun}|Who Owns the {noun}?|What {plural} Know|{place}: A Town in Colour""",
    "Family": """{given} and the {adjective} {noun}|Hooray for {given}|{given} Saves the {plural}|My Friend the {noun}
        |Where Did the {noun} Go?|{number} {plural} Go to {place}|Goodnight, {noun}|Who Let {given} Drive?""",
    "History": """{given} of {place}|The Siege of {place}|The {family} Succession|A {noun} for {place}
        |The Fall of {place}|By Order of the {noun}|The {plural} at {place}|Long Live {given}""",
    "Mystery": """Who Was {given} {family}?|The {place} Riddle|{given} {family} Investigates|A Death in {place}
        |The Vanishing at {place}|The {adjective} Umbrella|{number} {plural} for {given}|The {noun} Knows""",
    "Music": """Play It for {given}|Live from {place}|The {place} Sessions|{given} Sings|One Night in {place}
        |Turn Up the {noun}|The Ballad of {given} {family}|{number} {plural} and a Van""",
}

LOCAL: dict[str, tuple[str, str]] = {
    "fr": (
        """La Maison|Les Heures|Le Jardin|Une saison|Le Dernier Bal|La Traversée|L'Horloger|Les Enfants|La Promesse
        |Le Facteur|Les Amants|La Cuisine|Le Silence|Deux Étés""",
        """de {place}|d'en face|sans nous|de la rive gauche|à contre-jour|de {given}|du lendemain|des marées basses
        |sous la neige|à {place}|du quai vingt|en août""",
    ),
    "de": (
        """Das Haus|Der letzte Sommer|Die Stille|Ein Winter|Die Schwestern|Der Fährmann|Nachtzug|Das Fest|Die Akte
        |Kein Wort|Zwei Zimmer|Die Apothekerin""",
        """von {place}|am Deich|ohne {given}|in {place}|hinter dem Bahnhof|nach Mitternacht|im Moor|vor dem Regen
        |bei Familie {family}|unter Nachbarn""",
    ),
    "es": (
        """La casa|El último verano|Las hermanas|Los relojes|El silencio|Una noche|La herencia|El jardín|Las cartas
        |La sal|Los domingos|El tren""",
        """de {place}|sin {given}|en {place}|de la abuela|bajo la lluvia|del faro viejo|a medianoche
        |de los {family}|entre vecinos""",
    ),
    "pt": (
        """A casa|O último trem|As irmãs|O silêncio|Uma noite|Os domingos|A promessa|O quintal|As cartas|A festa
        |O barco|Dois verões""",
        """de {place}|sem {given}|em {place}|da minha avó|depois da chuva|do outro lado do rio|à beira-mar
        |da família {family}|entre vizinhos|que ninguém viu""",
    ),
    "it": (
        """La casa|L'ultima estate|Le sorelle|Il silenzio|Una notte|Le domeniche|La promessa|Il cortile|Le lettere
        |Il ballo|Due inverni|Il farmacista""",
        """di {place}|senza {given}|a {place}|della nonna|sotto la pioggia|di fronte al porto|a mezzanotte
        |dei {family}|tra vicini|di nessuno""",
    ),
    "sv": (
        """Huset|Den sista sommaren|Systrarna|Tystnaden|En vinter|Färjan|Brevet|Grannarna|Nattåget|Isen|Två rum
        |Midsommar""",
        """i {place}|utan {given}|vid älven|efter midnatt|från {place}|på andra sidan sundet|före regnet
        |hos familjen {family}|som ingen såg|under snön""",
    ),
}

LOCAL_SHARE = 0.45


def invent_name(random: np.random.Generator, story: Story, genre: str, kind: str, language: str) -> str:
    """A name for a title, in one of the styles that suit its genre, kind and language.

    Args:
        random: where chance comes from.
        story: has at least `given`, `given2`, `family` and `place`, so that name and synopsis agree.
        genre: the title's first genre.
        kind: 'film' or 'series'.
        language: ISO 639-1 code of the original language.
    """
    form = _form(random, genre, kind, language)
    return _with_article(form.format_map(story | _draw_words(random, genre)))


def _form(random: np.random.Generator, genre: str, kind: str, language: str) -> str:
    if language in LOCAL and random.random() < LOCAL_SHARE:
        starts, ends = LOCAL[language]
        return f"{pick(random, _split(starts))} {pick(random, _split(ends))}"
    form = _weighted(random, FORMS + SERIES_FORMS if kind == "series" else FORMS)
    if form == "{sentence}":
        # a genre's own sentences are three times as common as those that suit any genre
        return pick(random, _split(SENTENCES[genre]) * 3 + _split(SENTENCES["any"]))
    return form


def _draw_words(random: np.random.Generator, genre: str) -> Story:
    words = VOCABULARIES[genre]
    noun, noun2 = _two(random, words.nouns)
    plural, plural2 = _two(random, words.plurals)
    return {
        "adjective": pick(random, words.adjectives),
        "noun": noun,
        "noun2": noun2,
        "plural": plural,
        "plural2": plural2,
        "tail": pick(random, words.tails),
        "word": pick(random, words.words),
        "start": pick(random, words.starts),
        "end": pick(random, words.ends),
        "number": pick(random, NUMBERS),
    }


def _two(random: np.random.Generator, choices: list[str]) -> tuple[str, str]:
    first, second = random.choice(len(choices), size=2, replace=False)
    return choices[first], choices[second]


def _weighted(random: np.random.Generator, forms: tuple[tuple[float, str], ...]) -> str:
    target = random.random() * sum(weight for weight, _ in forms)
    for weight, form in forms:
        target -= weight
        if target < 0:
            return form
    return forms[-1][1]


def _split(forms: str) -> list[str]:
    return [form.strip() for form in forms.split("|")]


def _with_article(name: str) -> str:
    """`A Airship in ...` becomes `An Airship in ...`."""
    first, _, rest = name.partition(" ")
    return f"An {rest}" if first == "A" and rest[:1] in "AEIO" else name
