"""Cases as offices write them, one for each language and script that must come out on paper."""

from typing import Any

# language -> what people there would type, in this order
_WORDS = (
    "called", "family", "given", "father", "place", "municipality", "office", "file", "provider", "reason", "finding", "note", "story",
)  # fmt: skip
_TYPED = {
    "albanian": (
        "Familja Çërçizi", "Çërçizi", "Gjylizarë Xhevahire", "Njazi", "Këlcyrë", "Përmet", "Zyra e gjendjes civile Përmet",
        "Nr. 12/ë-3", "Qendra për Mbështetje Ligjore Falas", "Ka nevojë për avokat që të regjistrojë fëmijën.",
        "Fëmija shkon në shkollë; gjithçka shkon mbarë.", "Fola me zyrën e gjendjes civile në Këlcyrë.",
        "Kthyer nga Belgjika pas shtatë vitesh.",
    ),
    "bosnian": (
        "Porodica Hadžiosmanović", "Hadžiosmanović", "Šejla", "Džemal", "Sanski Most", "Tešanj", "Matični ured Tešanj",
        "UP-I-03/26-č", "Vaša prava BiH", "Treba pravna pomoć oko upisa rođenja.", "Smještaj riješen, dječak pohađa školu.",
        "Razgovor u općini: čeka se izvod iz matične knjige rođenih.", "Živjeli su u Liègeu, đaci čuvaju svjedodžbe.",
    ),
    "montenegrin": (
        "Porodica Śekloća", "Śekloća", "Źenka", "Đorđije", "Bijelo Polje", "Nikšić", "Područna jedinica MUP Nikšić",
        "04-š/77", "Crveni krst Crne Gore", "Potrebna je jednokratna pomoć.", "Śutra idu u školu, źenica je dobro.",
        "Predat je zahtjev za ličnu kartu.", "Nijesu imali prijavljeno prebivalište.",
    ),
    "serbian": (
        "Породица Ђорђевић", "Ђорђевић", "Љубица", "Његош", "Нови Пазар", "Сјеница", "Матична служба Џеп",
        "бр. 03-1234/26", "Група 484", "Потребна је помоћ око накнадног уписа у матичну књигу.",
        "Дете је уписано у школу; чека се нострификација.", "Разговор у општини. Све је у реду, џабе жуто цвеће.",
        "Вратили се из Белгије, без докумената о рођењу детета.",
    ),
    "macedonian": (
        "Семејство Ѓорѓиевски", "Ѓорѓиевски", "Ќирил", "Ѕвездан", "Куманово", "Штип", "Управа за водење матични книги",
        "бр. 09-ќ/5", "Македонско здружение на млади правници", "Потребна е помош за упис на раѓањето; сѐ уште чека.",
        "Децата одат на училиште, ѝ помага сестра ѝ.", "Разговор со службата: нѐ чекаа два часа.", "Живееле во Лиеж четири години.",
    ),
    "french": (
        "Famille Lefèvre-Gjoka", "Lefèvre-Gjoka", "Zoë Françoise", "Loïc", "Liège", "Saint-Josse-ten-Noode", "État civil d’Æltre",
        "n° 7/œ", "Fedasil – accueil", "L’enfant a été scolarisé à Liège ; où sont ses bulletins ?", "Tout va bien, ça ira dès août.",
        "Reçu l’acte de naissance : « copie intégrale ».", "Né à Gœtzenbrück, Ÿ compris, île Maçonnière.",
    ),
    "german": (
        "Familie Größmann", "Größmann", "Jürgen Ägidius", "Götz", "Österreich-Übach", "Straße", "Standesamt Füssen",
        "Az. 3 Ü 12/26", "Caritas München", "Für die Anerkennung fehlt die „Apostille“.", "Überprüft: Größe der Wohnung genügt, STRAẞE gefegt.",
        "Schulzeugnis übersetzt – heißt jetzt „Klasse 4“.", "Zurück nach fünf Jahren in Baden-Württemberg.",
    ),
    "dutch": (
        "Gezin Aliu-Daniëls", "Aliu-Daniëls", "Noëlle", "Ĳsbrand", "’s-Hertogenbosch", "Oudenaarde", "Burgerlijke stand Ieper",
        "nr. é/44", "Vluchtelingenwerk", "Vóór de inschrijving is een geboorteakte nodig; één kopie volstaat.",
        "Geïnteresseerd in werk; de kinderen gaan naar school.", "Gebeld met de gemeente, geen nieuws.", "Drie jaar in België gewoond.",
    ),
    "romani": (
        "Familija Bajramović", "Bajramović", "Ćhavorri", "Ramče", "Šuto Orizari", "Čair", "Matično ured Šutka",
        "br. 5/ź", "Romano centro", "Trubul lil pal o bijandipe e čhavořesko.", "E čhave džan ande sikavni, sa si lačhe.",
        "Vakerdem e řomencar: ʒanen so trubul, θ thaj ǎ ï ë ç.", "Avile andar i Belgija, bi lilengo.",
    ),
}  # fmt: skip
LANGUAGES = tuple(_TYPED)


def typed(language: str) -> dict[str, str]:
    """Return what is typed in a language, by what it is."""
    return dict(zip(_WORDS, _TYPED[language], strict=True))


_NOT_TYPED = ("ref", "country_of_return", "role", "birth_date", "holder", "doc_type", "state", "service", "person",
              "provider", "filed_on", "done_on", "on")  # fmt: skip


def texts_in(language: str) -> list[str]:
    """Return every text that stands in ``case_in``: no codes, dates and short names."""
    document = case_in(language)
    records = [record for part in document.values() for record in (part if isinstance(part, list) else [part])]
    texts = [value for record in records for key, value in record.items() if key not in _NOT_TYPED]
    return [text for text in texts if isinstance(text, str)]


def case_in(language: str) -> dict[str, Any]:
    """Return the document of a case in which everything is typed in a language."""
    text = typed(language)
    return {
        "case": {
            "called": text["called"], "municipality_of_return": text["municipality"], "story": text["story"],
            "country_of_return": "RS", "external_refs": text["file"],
        },
        "provider": [{"ref": "o1", "name": text["provider"], "role": "partner"}],
        "person": [
            {"family_name": text["family"], "given_names": text["given"], "father_name": text["father"],
             "birth_place": text["place"], "birth_date": "1985-06-15", "national_number": "1506985710003"},
        ],
        "paper": [{"holder": "m1", "doc_type": "passport", "state": "held", "number": "PA " + text["file"]}],
        "service": [{"title": "S " + text["reason"], "persons": ["m1"], "provider": "o1"}],
        "step": [{"service": "s1", "person": "m1", "title": text["finding"], "office_name": text["office"],
                  "file_number": text["file"], "state": "waiting_authority", "filed_on": "2026-06-01"}],
        "referral": [{"person": "m1", "provider": "o1", "reason": text["reason"]}],
        "follow_up": [{"done_on": "2026-06-10", "summary": "F " + text["finding"]}],
        "note": [{"on": "2026-06-11", "text": text["note"]}],
    }  # fmt: skip
