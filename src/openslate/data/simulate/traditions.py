"""Naming traditions: how invented people and places are called, so that a Korean thriller sounds Korean.

Family names and places are put together from parts (`Thorn` + `acre`), so that they sound right and belong to nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Tradition:
    """The parts that the names of one tradition are made of."""

    women: list[str]
    men: list[str]
    family_starts: list[str]
    family_ends: list[str]
    place_starts: list[str]
    place_ends: list[str]


@dataclass(frozen=True)
class Character:
    """An invented person as a story needs them: a name, and the pronouns that go with it."""

    given: str
    family: str
    they: str
    them: str
    their: str

    @property
    def full(self) -> str:
        """Given and family name."""
        return f"{self.given} {self.family}"


def pick(random: np.random.Generator, choices: Sequence[str]) -> str:
    """One of the choices, each as likely as the others."""
    return choices[int(random.integers(len(choices)))]


def invent_character(random: np.random.Generator, tradition: str) -> Character:
    """Somebody of the tradition, a woman or a man with even chances.

    Args:
        random: where chance comes from.
        tradition: a key of TRADITIONS.
    """
    parts = TRADITIONS[tradition]
    family = _joined(pick(random, parts.family_starts), pick(random, parts.family_ends))
    if random.random() < 0.5:
        return Character(pick(random, parts.women), family, "she", "her", "her")
    return Character(pick(random, parts.men), family, "he", "him", "his")


def invent_place(random: np.random.Generator, tradition: str) -> str:
    """A town, village or island that is on no map."""
    parts = TRADITIONS[tradition]
    return _joined(pick(random, parts.place_starts), pick(random, parts.place_ends))


def _joined(start: str, end: str) -> str:
    """`Quill` and `ley` make `Quilley`; what stands alone begins with a capital."""
    if start.endswith((" ", "-")):
        return start + end.capitalize()
    if start[-2:] == 2 * end[:1]:
        return start + end[1:]
    return start + end


def _tradition(women: str, men: str, families: str, family_ends: str, places: str, place_ends: str) -> Tradition:
    """In the tables below `_` stands for a space and `~` for nothing at all."""
    lists = (text.split() for text in (women, men, families, family_ends, places, place_ends))
    return Tradition(*([part.replace("_", " ").replace("~", "") for part in parts] for parts in lists))


TRADITIONS: dict[str, Tradition] = {
    "english": _tradition(
        """Maud Tessa Imogen Clementine Odette Harriet Marnie Philippa Winifred Roz Bethan Delphine Cora Ottilie
        Jessamy Nell Perdita Sunniva Thea Verity""",
        """Alfie Barnaby Caspian Desmond Edmund Fergus Gideon Hollis Ivo Jasper Lorcan Merrick Ned Osgood Piers
        Rafferty Silas Tobias Wilf Amos""",
        "Ash Bram Cald Corb Dun Ether Fen Hal Hod Kest Lang Mad Marl Orl Pell Quill Rav Sall Thorn Tre Weth Win Yar",
        "ard bourne combe ell en er ford ham hurst ing ley low man mond more row shaw ter ton wick",
        "Alder Brine Cold Drift Ember Fen Gull Harrow Iron Kestrel Lantern Moor Nettle Oster Pike Salt Tallow Wren",
        "mouth wick haven bridge ness _Point ley _Hollow stone cross _Bay field minster _Ferry sand reach",
    ),
    "french": _tradition(
        """Solène Apolline Maëlle Capucine Édith Garance Héloïse Josiane Ludivine Noémie Ondine Philomène Rosalie
        Sidonie Violaine""",
        """Aurélien Bastien Cyprien Évariste Gaspard Hippolyte Jocelyn Lazare Maxence Octave Pascal Rodolphe
        Théodore Ulysse Valère""",
        "Aubre Belle Chante Dore Fauve Grand Mire Mont Noire Perce Roche Sauve Terre Vau Verte",
        "brac champ court faye gnac lande loup mare mont nault pierre rive sac val vigne",
        "Saint-Aur Saint-Bri Val Roque Mari Cham Fonte Lau Vieux-Mor Aigre Beaure Cler Port-Lan Mire",
        "èle ac ombe morin vielle fort nay vigne court elle montel ieux ance ouze",
    ),
    "german": _tradition(
        """Anneliese Birte Dorothea Elfriede Frauke Gesine Hedda Ilse Jorinde Leonie Mareike Ottilie Roswitha Svenja
        Wiebke""",
        """Albrecht Bruno Detlef Eberhard Falk Gunnar Henning Joachim Konrad Lorenz Matthis Ruprecht Sönke Till
        Volker""",
        "Amsel Birken Dorn Eichen Falken Grau Hage Kalt Linden Moor Nebel Rauch Silber Tannen Winter",
        "acker bach brandt dorfer feld grund hauer horst kamp lohe mann rieth stein thal wieser",
        "Alten Brunn Dunkel Elster Fichten Grün Hohen Krähen Mittel Nieder Rosen Schlehen Sturm Wolfs",
        "au bach berg bruch büttel feld hagen hütte koog moor see stedt tal winkel",
    ),
    "spanish": _tradition(
        """Amparo Brígida Candela Dolores Encarna Fabiola Graciela Inmaculada Jimena Leocadia Maruja Nieves Paloma
        Rocío Ximena""",
        """Anselmo Baltasar Cayetano Demetrio Eusebio Florencio Gonzalo Hilario Ignacio Jacinto Leandro Moisés
        Nicanor Plácido Saturnino""",
        "Alba Barran Casta Encina Fuen Guada Lobo Madru Mira Monte Oliva Riba Salva Torre Valde",
        "cares dales flor gosa hermosa lada lejos mar mora nares quero rana rubia tierra zábal",
        "Al Bena Campo Casti Cerro Fuente Gua Mira Peña San_Telmo_de_ Torre Villa Pozo Puerto_",
        "blanca dalar hondo jarama lindo larga mar mora nava rejas robles seca umbría verde",
    ),
    "portuguese": _tradition(
        """Adelaide Benedita Conceição Dalva Eulália Flora Iracema Jandira Luzia Marlene Nazaré Odete Rosaura
        Teresinha Zélia""",
        """Abílio Benício Custódio Dário Eliseu Firmino Getúlio Ivo Josué Lindolfo Natálio Otávio Raimundo Tibério
        Valdir""",
        "Alva Brito Campo Canta Ferra Garra Lima Mata Mir Olivar Pedra Ribe Salga Sere Verde",
        "cedo dinho galo lhães mar moura nha pinho queiro ra rães rosa seiro tões zeda",
        "Água Barra Boa Cacho Ribeira_ Ipiran Itama Lagoa_ Monte_ Pira Porto_ São_Gil_de_ Serra Vila_",
        "alta bela clara dourado funda rasa mirim nova preta quara serena tuba verde vista",
    ),
    "italian": _tradition(
        """Agnese Bianca Carmela Desideria Elettra Fiammetta Ginevra Imelda Lavinia Mafalda Nunzia Ortensia Romilda
        Serafina Violetta""",
        """Adelmo Benedetto Corrado Duilio Ermanno Fausto Gennaro Ippolito Lazzaro Manlio Nazario Oreste Primo
        Saverio Tancredi""",
        "Acqua Bella Calva Campo Dolce Fiora Lunga Mala Monte Passa Roca Salva Terra Valle Zan",
        "bruna carro dori fiore gatti lupi luna mare monti nera pane rossi spina tesi verdi",
        "Acqua Bosco Casal Castel Col Fonte Isola_ Lago Monte Poggio_ Rocca San_Vero_ Torre Val",
        "alto bella chiara dolce fosca freddo grigia lunga mora nera piana rossa secca verde",
    ),
    "swedish": _tradition(
        """Alva Birgit Disa Ebba Fredrika Gunilla Hjördis Ingegerd Kerstin Linnea Märta Ottilia Ronja Signe
        Torun""",
        """Arvid Birger Casimir Elof Folke Gustav Hjalmar Isidor Kjell Ludvig Mårten Olof Ragnar Sixten
        Torsten""",
        "Ahl Björk Dal Ek Fors Grann Hag Kvarn Lilje Måns Norr Ros Sjö Tall Väster",
        "berga blad crona dahl felt gård hjelm kvist lund mark quist rup skog ström vall",
        "Alvik Björn Dimm Ekers Frost Grund Hav Järn Kråk Lars Mörk Norr Ot Skär",
        "arp berga by dalen fjärden hamn holmen lunda mossa näs sund torp vik ås",
    ),
    "polish": _tradition(
        """Aniela Bożena Celina Danuta Elżbieta Felicja Grażyna Halina Jadwiga Kalina Ludmiła Mirella Otylia
        Regina Wanda""",
        """Ambroży Bogumił Cyryl Dionizy Eryk Florian Gracjan Hubert Ireneusz Kajetan Leszek Mieszko Oskar
        Radosław Zenon""",
        "Bar Brzeź Chmur Dęb Gaj Jawor Kalin Leszcz Modrz Olsz Pust Rud Sosn Wierz Zim",
        "aczek ak alski anek arz ecki elak erski icz iński onek orz owiak ula yński",
        "Biało Brzo Czar Dobro Góro Jasno Krzy Lipo Mokro Ostro Piasko Staro Wilko Zło",
        "brzeg dół gaj góra las łąka mosty nica pole rzecz staw wice wola wsza",
    ),
    "japanese": _tradition(
        """Ayame Chizuru Emiko Fumie Hanae Itsuki Kotone Mitsuko Nagisa Omi Ritsuko Sayaka Tamaki Wakana Yukiho""",
        """Akihiro Daigo Eijiro Genta Haruto Isamu Kazuma Masato Naoki Otaro Ryohei Shunpei Tetsuji Yasuo Zenji""",
        "Aki Fuka Hane Ichi Kage Kuro Mina Mizu Nami Oku Saka Shio Taki Tsuki Yama",
        "baru dera gane hata kura maki mine mori nami numa saki tani uchi waki zawa",
        "Aka Fuyu Hama Ino Kami Kiri Matsu Mizu Nagi Oni Shira Sora Toma Uchi",
        "bana dake gaoka gura hama jima kawa machi minato mura no saki shiro tani",
    ),
    "korean": _tradition(
        """Ara-mi Bo-eun Chae-won Da-hye Eun-seol Ga-ram Ha-neul Ji-ran Kyung-ah Mi-rae Na-ri Seo-yul So-dam
        Yeo-reum Yu-jae""",
        """Beom-gyo Chan-byeol Do-hyeok Eui-jae Gi-tae Han-byeol In-pyo Jun-seok Kang-dae Min-gyeol No-eul Sang-woon
        Tae-rim U-jin Young-do""",
        "Baek~ Chun~ Do~ Eom~ Gil~ Hyeon~ Jang~ Ma~ Namgung~ Ok~ Seonu~ Tak~ Wi~ Yeo~ Jin~",
        "~",
        "Baek Cheong Dal Eun Ga Han Hwa Ja Mul Nam Pung San So Yeon",
        "bong cheon-ri dam-do gang-ni gok-dong haean jeong-ri mok-po-ri nae-ri pyeong-do rim-dong san-ri su-do ok-ri",
    ),
    "hindi": _tradition(
        """Anuradha Bhavna Chitra Devika Esha Gauri Hemlata Ishani Jyotsna Kavya Lavanya Manjari Nandini Pallavi
        Sharmila""",
        """Advait Bhaskar Chirag Dhruv Eklavya Girish Harshad Indrajit Jagdish Keshav Lalit Manohar Nakul Pranav
        Tarun""",
        "Agar Bhan Chand Dev Gor Harit Jal Kesh Lok Mand Nag Pran Raj Sur Vish",
        "ani arkar asi avat deo ekar endra gupt hari iwal kar mani nath orkar pani",
        "Amar Bela Chandan Deo Fateh Gulab Hari Jal Kamal Lal Mor Neel Sona Taran",
        "pur garh ganj nagar bagh wadi gaon tal khera sarai pani dih kund pura",
    ),
    "yoruba": _tradition(
        """Abeni Bisola Damilola Ebun Folasade Gbemisola Ifeoluwa Jumoke Kehinde Morenike Omolara Ronke Simisola
        Temilade Yetunde""",
        """Adewale Babajide Damola Ekundayo Folarin Gbenga Ireti Jolaoluwa Kolade Lanre Muyiwa Olumide Rotimi
        Segun Wande""",
        "Ade Aki Ayo Baba Fada Ige Iwa Kole Odu Ogun Ola Olu Omo Oye Oyin",
        "banjo bisi dele doyin femi gbade jare kunle lana luyi niran rinde sola tayo wunmi",
        "Abe Ado Agba Aje Eko- Ibu Idi Ife- Ije Ilu Ire Odo Ogbe Oke-",
        "ara biri do gbo joko kan lowo mosi na pete ra shodi tedo wo",
    ),
}
