"""Names of the region with how often they occur, and how clerks of other countries write them: what the search is tried on.

Every full name is put together at random of ordinary names; no real person is meant. ``core``: spellings that must lead
to one person. ``stretch``: spellings, slips and endings that must be shown as near. ``strangers``: names drawn by frequency.
"""

import random
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate

Name = tuple[str, str]  # given name, family name
Written = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Group:
    """Names of one group, the most frequent first; ``men`` and ``women``: given names."""

    key: str
    families: tuple[str, ...]
    men: tuple[str, ...]
    women: tuple[str, ...]

    @classmethod
    def of(cls, key: str, families: str, men: str, women: str) -> "Group":
        """Return a group from names with blanks between them."""
        return cls(key, tuple(families.split()), tuple(men.split()), tuple(women.split()))


@dataclass(frozen=True, slots=True)
class Pair:
    """A name as it is held and as it is typed. ``rule``: what makes the difference."""

    rule: str
    held: Name
    typed: str


GROUPS = (
    Group.of("sr", "Jovanović Petrović Nikolić Marković Đorđević Stojanović Ilić Stanković Pavlović Milošević Živković Tomić Đurić Kostić "
                      "Simić Kovačević Jovičić Ristić Mitrović Filipović Vasić Lazić Popović Vuković Savić Đukić Tošić Žujović Čolić Šarić "
                      "Ljubičić Njegovanović Cvetković Stefanović Bogdanović Obradović Radosavljević Jevtić Bjelić Zečević",
          "Marko Nikola Stefan Dragan Milan Zoran Goran Aleksandar Petar Jovan Đorđe Miloš Nenad Dejan Živko Ljubomir Žarko Mihajlo Čedomir Uroš",
          "Milica Jelena Dragana Marija Ana Ivana Snežana Ljiljana Gordana Biljana Đurđina Živka Nevena Vesna Sanja Nataša Sofija Slađana Katarina Božica"),
    Group.of("bs", "Hodžić Hadžić Čengić Delić Demirović Kovačević Mujkić Husić Šehić Ibrahimović Begić Mehić Omerović Hadžimehmedović Šabanović "
                      "Džaferović Suljić Ćatić Bajrić Smajić Avdić Mahmutović Softić Škrijelj Rizvanović Ćosović Džogović Fazlić Jusufović Karahodžić",
          "Mehmed Ahmed Džemal Emir Mirsad Senad Džemail Hasan Husein Šaban Ismet Redžep Nedžad Muhamed Sulejman Ćamil Rašid Jakub Edhem Suad",
          "Fatima Amina Emina Hatidža Aida Lejla Merima Senada Jasmina Ajša Zejneba Šefika Hajrija Džemila Mediha Đulsa Nermina Samira Sabaheta Rukija"),
    Group.of("sq", "Krasniqi Gashi Berisha Hoxha Shala Bytyqi Morina Kelmendi Thaçi Rexhepi Xhemaili Rrustemi Ademi Demolli Qerimi Gjonaj Llapashtica "
                      "Çerkini Shkreli Haxhijaj Zeqiri Ymeri Dervishi Lleshi Mustafa Hyseni Sadiku Bajrami Kastrati Zogaj Shehu Duraku Gërvalla Dhima Toçi",
          "Agim Bardhyl Arben Gjergj Shkëlqim Xhavit Rexhep Fatmir Ilir Luan Besnik Dritan Skënder Qazim Rrahman Dhimitër Përparim Shpëtim Afrim Nexhat",
          "Arta Drita Besa Vjollca Shqipe Hatixhe Teuta Mimoza Valbona Xhevahire Fatime Lirije Dhurata Ganimete Lindita Shpresa Mirjeta Zejnepe Blerta Emine"),
    Group.of("mk", "Stojanovski Trajkovski Petrovski Nikolovski Gjorgjievski Jovanovski Naumoski Ristovski Georgievski Dimitrovski Ilievski Kostovski "
                      "Popovska Angelovski Spasovski Stefanoski Mitreski Velkovski Čakarovski Žabevski Kuzmanovski Blažeski Todorov Markov",
          "Goran Zoran Dragan Igor Vlatko Gjorgji Kiril Trajče Blagoj Dimitar Risto Stojan Mitko Ljupčo Žarko Metodi Tome Sašo",
          "Elena Marija Biljana Vesna Suzana Ljubica Gjorgjina Violeta Snežana Slavica Trajanka Cvetanka Blagica Katerina Žaklina Mirjana"),
    Group.of("rom", "Ibraimovski Redžepovski Salijević Demirov Kurtiši Osmani Ademović Memedi Šerifović Bajramović Saliji Jašari Ćerimović Alijević Sejdić Džemaili",
          "Enis Erdžan Sedat Ferdi Džengis Orhan Sudahan Muharem Ramadan Šefket Bajram Zećir Toni Elvis",
          "Sevdžan Đulijeta Sabina Nazmije Remzija Elmaza Sebahata Aiša Hamida Šemsa Nedžmija Mirsada"),
    Group.of("tr", "Yılmaz Çakıroğlu Şahin Öztürk Hacıoğlu Şimşek Kılıç Çelik Aydın Bayraktar Güneş Koç Erdoğdu Yıldız",
          "Cemal Recep Süleyman Ömer Yusuf Şaban Hüsnü Cemil İbrahim Ayhan Mehmet Gürsel",
          "Hatice Ayşe Fatma Gülten Şerife Emine Zeynep Güler Hayriye Sevcan"),
    Group.of("hu", "Kovács Szabó Nagy Tóth Kovácsics Horváth Gyuricza Vukics Markovics Petrovics Zsigmond Csonka",
          "László István Miklós János Zsolt György Ferenc Sándor",
          "Ilona Zsófia Erzsébet Katalin Mária Eszter Ágnes Gyöngyi"),
)  # fmt: skip

_TO_CYRILLIC = {
    "dž": "џ", "lj": "љ", "nj": "њ", "đ": "ђ", "ž": "ж", "ć": "ћ", "č": "ч", "š": "ш",
    **dict(zip("abvgdezijklmnoprstufhc", "абвгдезијклмнопрстуфхц", strict=True)),
}  # fmt: skip
_ALBANIAN_CYRILLIC = {
    "xh": "џ", "gj": "ѓ", "sh": "ш", "zh": "ж", "th": "т", "dh": "д", "ll": "л", "rr": "р", "ç": "ч", "q": "ќ", "ë": "е", "y": "и",
    **_TO_CYRILLIC,
}  # fmt: skip
_RUSSIAN = {**_TO_CYRILLIC, "dž": "дж", "lj": "ль", "nj": "нь", "đ": "дж", "ć": "ч", "j": "й", "ja": "я", "ju": "ю"}


def _table(**pairs: str) -> dict[str, str]:
    return pairs


SLAVIC = frozenset({"sr", "bs", "mk", "rom"})
# spelling -> (groups, the letters that it writes otherwise): those that everybody reads as the same name
CORE_LETTERS: dict[str, tuple[frozenset[str], dict[str, str]]] = {
    "Cyrillic": (SLAVIC, _TO_CYRILLIC),
    "Cyrillic of Albanian names": (frozenset({"sq"}), _ALBANIAN_CYRILLIC),
    "Russian": (frozenset({"sr", "bs"}), _RUSSIAN),
    "without signs": (frozenset({"sr", "bs", "mk", "sq", "rom", "tr", "hu"}), _table(č="c", ć="c", š="s", ž="z", ş="s", ç="c", ë="e", ğ="g", ı="i")),
    "German": (SLAVIC, {"č": "tsch", "ć": "tsch", "š": "sch", "đ": "dj", "dž": "dsch", "v": "w"}),
    "French": (SLAVIC, {"č": "tch", "ć": "tch", "đ": "dj", "u": "ou"}),
    "Dutch": (SLAVIC, {"č": "tsj", "ć": "tsj", "š": "sj", "ž": "zj", "đ": "dj", "dž": "dzj"}),
    "English": (SLAVIC, {"č": "ch", "ć": "ch", "š": "sh", "ž": "zh", "dž": "dzh", "đ": "dj", "h": "kh"}),
    "Italian": (SLAVIC, {"č": "ch", "ć": "ch", "š": "s", "ž": "z", "đ": "dj", "dž": "dz", "nj": "gn"}),
    "Swedish": (SLAVIC, {"č": "c", "ć": "c", "š": "sj", "ž": "z", "đ": "dj", "dž": "dz"}),
    "Turkish": (SLAVIC, {"č": "ç", "ć": "ç", "š": "ş"}),
    "Albanian": (SLAVIC, {"č": "ç", "ć": "q", "š": "sh", "ž": "zh", "đ": "gj", "dž": "xh"}),
    "Macedonian": (SLAVIC, {"č": "ch", "ć": "kj", "š": "sh", "ž": "zh", "đ": "gj", "dž": "dzh"}),
    "Hungarian": (SLAVIC, {"ić": "ics"}),
    "Serbian of Albanian names": (frozenset({"sq"}), {"xh": "dž", "gj": "đ", "sh": "š", "zh": "ž", "th": "t", "dh": "d", "ll": "l", "rr": "r",
                                                      "ç": "č", "q": "ć", "ë": "e"}),
    "Albanian names in Germany": (frozenset({"sq"}), {"sh": "sch", "gj": "dj", "xh": "dsch", "ç": "tsch", "dh": "d", "th": "t", "ë": "e"}),
    "Turkish in Bosnian": (frozenset({"tr"}), {"ş": "š", "ç": "č", "y": "j", "ı": "i", "ğ": "g"}),
}  # fmt: skip
STRETCH_LETTERS: dict[str, tuple[frozenset[str], dict[str, str]]] = {
    "passport line": (SLAVIC, {"đ": "d", "č": "c", "ć": "c", "š": "s", "ž": "z", "dž": "dz"}),
    "Turkish c": (frozenset({"bs", "rom"}), {"dž": "c", "š": "ş", "č": "ç", "ć": "ç"}),
    "French ch and j": (SLAVIC, {"č": "tch", "ć": "tch", "š": "ch", "ž": "j", "đ": "dj", "dž": "dj"}),
    "English j": (frozenset({"bs", "rom"}), {"dž": "j", "č": "ch", "ć": "c", "š": "s"}),
    "Hungarian letters": (SLAVIC, {"č": "cs", "ić": "ity", "š": "s", "s": "sz", "đ": "gy", "ž": "zs", "dž": "dzs"}),
    "German z for c": (SLAVIC, {"c": "z"}),
    "Slavic z for dz": (SLAVIC, {"dž": "z"}),
    "k for q": (frozenset({"sq"}), {"q": "k"}),
    "u for y": (frozenset({"sq"}), {"y": "u"}),
    "h left out": (frozenset({"sr", "bs", "sq", "rom"}), {"h": ""}),
    "ue and oe": (frozenset({"tr"}), {"ü": "ue", "ö": "oe"}),
    "f for v": (frozenset({"sr"}), {"vt": "ft"}),
    "ekavian": (frozenset({"sr"}), {"je": "e"}),
}  # fmt: skip


def written(table: dict[str, str], name: str) -> str:
    """Return a name with letters exchanged, the longest first; a capital at its beginning stays one."""
    low, made, at = name.lower(), [], 0
    order = sorted(table, key=len, reverse=True)
    while at < len(low):
        letters = next((one for one in order if low.startswith(one, at)), "")
        if letters in ("sh", "zh", "th", "dh", "xh", "gj", "lj", "nj") or letters:
            made.append(table[letters])
            at += len(letters)
        else:
            made.append(low[at])
            at += 1
    whole = "".join(made)
    return whole[:1].upper() + whole[1:]


def _drawn(chance: random.Random, names: tuple[str, ...]) -> str:
    """Return one of some names, the first much more often than the last."""
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(names))))
    return chance.choices(names, cum_weights=weights)[0]


def somebody(chance: random.Random, group: Group) -> Name:
    """Return a full name, drawn by how often its parts occur."""
    given = _drawn(chance, chance.choice((group.men, group.women)))
    return given, _drawn(chance, group.families)


def strangers(chance: random.Random, count: int) -> list[Name]:
    """Return full names of all groups by frequency: most of a group, few of others."""
    return [somebody(chance, chance.choices(GROUPS, weights=(30, 20, 30, 14, 6, 3, 1))[0]) for _ in range(count)]


def core(chance: random.Random, each: int) -> Iterator[Pair]:
    """Yield pairs of spellings of one name. ``each``: so many of every rule."""
    for rule, (groups, table) in CORE_LETTERS.items():
        fitting = [group for group in GROUPS if group.key in groups]
        for _ in range(each):
            given, family = somebody(chance, chance.choice(fitting))
            yield Pair(rule, (given, family), f"{written(table, given)} {written(table, family)}")
    for rule, change in _CORE_CHANGES.items():
        for _ in range(each):
            yield Pair(rule, *change(chance, somebody(chance, chance.choice(GROUPS[:5]))))


def stretch(chance: random.Random, each: int) -> Iterator[Pair]:
    """Yield pairs that are near. ``each``: so many of every rule."""
    for rule, (groups, table) in STRETCH_LETTERS.items():
        fitting = [
            name for group in GROUPS if group.key in groups for name in _all_names(group) if _changes(table, name)
        ]
        for _ in range(each):
            given, family = chance.choice(fitting)
            yield Pair(rule, (given, family), f"{written(table, given)} {written(table, family)}")
    for rule, change in _STRETCH_CHANGES.items():
        for _ in range(each):
            yield Pair(rule, *change(chance, somebody(chance, chance.choice(GROUPS[:5]))))
    for line in ONE_NAME:
        forms = line.split()
        held, typed = chance.sample(forms, 2)
        family = _drawn(chance, chance.choice(GROUPS[:5]).families)
        yield Pair("one given name", (held, family), f"{typed} {family}")


def _all_names(group: Group) -> Iterator[Name]:
    for family in group.families:
        for given in (*group.men, *group.women):
            yield given, family


def _changes(table: dict[str, str], name: Name) -> bool:
    return any(letters in " ".join(name).lower() for letters in table if letters not in "čćšž")


Change = Callable[[random.Random, Name], tuple[Name, str]]


def _plainly(given: str, family: str) -> str:
    return f"{given} {family}"


def _mixed(_: random.Random, name: Name) -> tuple[Name, str]:
    cyrillic = " ".join(written(_TO_CYRILLIC, part) for part in name)
    return name, cyrillic.translate(str.maketrans("аеосј", "aeocj", ""))


def _double(chance: random.Random, name: Name) -> tuple[Name, str]:
    other = _drawn(chance, GROUPS[1].families)
    return (name[0], f"{name[1]}-{other}"), f"{other} {name[1]} {name[0]}"


def _hard(chance: random.Random, name: Name) -> tuple[Name, str]:
    held, typed = chance.choice(
        (
            ("Mehmed", "Mehmet"),
            ("Ahmed", "Ahmet"),
            ("Murad", "Murat"),
            ("Jakub", "Jakup"),
            ("Nedžad", "Nexhat"),
            ("Rašid", "Rashit"),
        )
    )
    return (held, name[1]), f"{typed} {name[1]}"


def _soft(chance: random.Random, name: Name) -> tuple[Name, str]:
    held, typed = chance.choice((("Marija", "Maria"), ("Sofija", "Sofia"), ("Mihajlo", "Mihailo"), ("Hamdija", "Hamdia"), ("Bajram", "Bayram"), ("Ismajl", "Ismail"),
                                 ("Natalija", "Natalia"), ("Rrahim", "Rahim"), ("Abdullah", "Abdulah"), ("Emma", "Ema")))  # fmt: skip
    return (held, name[1]), f"{typed} {name[1]}"


def _hadzi(chance: random.Random, name: Name) -> tuple[Name, str]:
    rest = _drawn(chance, GROUPS[0].families)
    return (name[0], f"Hadži{rest.lower()}"), f"{name[0]} Hadži {rest}"


_CORE_CHANGES: dict[str, Change] = {
    "family name first, capitals, comma": lambda _, name: (name, f"{name[1].upper()}, {name[0]}"),
    "decomposed": lambda _, name: (name, unicodedata.normalize("NFD", _plainly(*name))),
    "no-break blank, soft hyphen": lambda _, name: (name, f"{name[0][:2]}\u00ad{name[0][2:]}\u00a0{name[1]}"),
    "letters of the other script": _mixed,
    "double family name in turn": _double,
    "last d or b": _hard,
    "ia, aj and double letters": _soft,
    "title": lambda _, name: (name, f"Dr. {name[0]} {name[1]}"),
    "particle": lambda _, name: ((name[0], f"de Vries-{name[1]}"), f"{name[0]} Vries {name[1]}"),
    "a name before it is missing": lambda _, name: (("", f"Zlato{name[1].lower()}"), f"XXX Zlato{name[1].lower()}"),
    "name at birth": lambda chance, name: (name, f"{name[0]} {name[1]} rođ. {_drawn(chance, GROUPS[3].families)}"),
    "father between": lambda chance, name: (name, f"{name[0]} ({_drawn(chance, GROUPS[0].men)}) {name[1]}"),
    "Hadži by itself": _hadzi,
}  # fmt: skip


def _slip(kind: int, chance: random.Random, name: Name) -> tuple[Name, str]:
    part = 1 if len(name[1]) > 5 or len(name[0]) < 5 else 0
    word = name[part]
    at = chance.randrange(1, len(word) - 1)
    letter = chance.choice("aeioukmnrst".replace(word[at].lower(), ""))
    if kind == 3 and word[at] == word[at + 1]:
        at -= 1
    wrong = (word[:at] + letter + word[at + 1 :], word[:at] + word[at + 1 :], word[:at] + letter + word[at:],
             word[:at] + word[at + 1] + word[at] + word[at + 2 :])[kind]  # fmt: skip
    return name, f"{name[0]} {wrong}" if part else f"{wrong} {name[1]}"


def _of_two(*pairs: tuple[str, str]) -> Change:
    def change(chance: random.Random, name: Name) -> tuple[Name, str]:
        held, typed = chance.choice(pairs)
        if chance.random() < 0.5:
            held, typed = typed, held
        return (name[0], held), f"{name[0]} {typed}"

    return change


_STRETCH_CHANGES: dict[str, Change] = {
    "another letter": lambda chance, name: _slip(0, chance, name),
    "a letter less": lambda chance, name: _slip(1, chance, name),
    "a letter more": lambda chance, name: _slip(2, chance, name),
    "two letters in turn": lambda chance, name: _slip(3, chance, name),
    "-ski, -ska": _of_two(("Trajkovski", "Trajkovska"), ("Zelenski", "Zelenska"), ("Blaževski", "Blaževska"), ("Markov", "Markova"), ("Iliev", "Ilieva")),
    "-oski, -ovski": _of_two(("Naumoski", "Naumovski"), ("Stefaneski", "Stefanevski"), ("Ristoska", "Ristovski"), ("Veljanoska", "Veljanovska")),
    "definite ending": _of_two(("Gash", "Gashi"), ("Zog", "Zogu"), ("Shalë", "Shala"), ("Hoxhë", "Hoxha"), ("Gjon", "Gjoni"), ("Gjoni", "Gjonaj"), ("Krasniq", "Krasniqi")),
    "Slavic ending of an Albanian name": _of_two(("Demolli", "Demolovski"), ("Rexhepi", "Redžepov"), ("Rexhepi", "Redžepovska"), ("Mustafa", "Mustafov")),
    "Albanian x": _of_two(("Xinxa", "Dzindza"), ("Xani", "Dzani"), ("Xoxa", "Dzodza")),
    "Romani x": _of_two(("Xamzić", "Hamzić"), ("Xasani", "Hasani")),
    "Hadži left out": _of_two(*((f"Hadži{rest}", rest.capitalize()) for rest in ("zukanović", "prodanović", "bulić", "dautović", "vasilev"))),
    "initial": lambda _, name: (name, f"{name[0][0]}. {name[1]}"),
    "one of two family names": lambda chance, name: ((name[0], f"{name[1]} {_drawn(chance, GROUPS[1].families)}"), f"{name[0]} {name[1]} {_drawn(chance, GROUPS[0].families)}"),
    "another father between": lambda chance, name: ((f"{name[0]} {_drawn(chance, GROUPS[0].men[:5])}", name[1]), f"{name[0]} {_drawn(chance, GROUPS[1].men)} {name[1]}"),
    "cut off": lambda _, name: ((name[0], "Abdurrahmanovi"), f"{name[0]} Abdurrahmanović"),
}  # fmt: skip
ONE_NAME = ("Đorđe Gjorgji Georgi Gjergj", "Jovan Ivan Gjon", "Petar Petre Pjetër", "Stefan Stevan Stjepan", "Jelena Elena Helena",
            "Katarina Katerina Katrina", "Sulejman Sylejman Süleyman", "Husein Hysen Hüseyin", "Omer Ymer Ömer", "Jusuf Isuf Yusuf",
            "Ibrahim Ibrahimi Ebrahim", "Ramadan Ramazan", "Zejnepa Zejnepe Zeynep", "Fatima Fatime Fatma", "Ajša Ajshe Ayşe",
            "Hatidža Hatixhe Hatice", "Redžep Recep", "Džemil Cemil", "Šefket Shefqet", "Kamil Qamil", "Junuz Yunus", "Ejub Eyüp", "Emina Emine",
            "Hajrija Hajrije Hayriye", "Aleksandar Aleksandër Alexander", "Dimitar Dhimitër", "Nikola Nikollë", "Luka Lukë", "Mustafa Mustafë")  # fmt: skip
