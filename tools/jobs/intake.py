"""The jobs of intake: whoever comes to the desk is written down."""

from PySide6.QtWidgets import QApplication

from avrr_desktop.ui.case.case_page import CasePage
from avrr_desktop.ui.cases.new_case_page import NewCasePage
from avrr_desktop.ui.forms.grid.family_grid import FamilyGrid
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.widgets.controls import Button
from tools.jobs.hand import ALT, CONTROL, SHIFT, Hand, Key

TAB, RETURN = Key.Key_Tab, Key.Key_Return
SPREADSHEET = (
    "Given names\tFamily name\tSex\tBorn\tPlace of birth\tCountry of birth\tRelationship\tCitizenship\n"
    "Fatmir\tZeqiri\tM\t3.4.1980\tPejë\tKosovo*\tapplicant\tKosovo*\n"
    "Valentina\tZeqiri\tF\t20.12.1982\tPejë\tKosovo*\twife\tKosovo*\n"
    "Leonora\tZeqiri\tF\t7.7.2014\tAntwerpen\tBelgium\tchild\tKosovo*\n"
    "Driton\tZeqiri\tM\t19.9.2017\tAntwerpen\tBelgium\tchild\tKosovo*\n"
)


def _grid(desktop: Desktop) -> FamilyGrid:
    page = desktop.page("new")
    assert isinstance(page, NewCasePage)
    return page.grid


def _case(desktop: Desktop) -> CasePage:
    page = desktop.page("case")
    assert isinstance(page, CasePage) and desktop.current_page() == "case", "no case is open"
    return page


def _adult(hand: Hand, given: str, sex: str, born: str, relationship: str) -> None:
    """Write down somebody born where the row above says, from the given name to the relationship."""
    hand.text(given)
    hand.key(TAB, TAB)
    hand.code(sex)
    hand.key(TAB)
    hand.text(born)
    hand.key(TAB)
    hand.key(Key.Key_D, held=CONTROL)  # the place, and with it the country
    hand.key(TAB, TAB)
    hand.code(relationship)


def _child(hand: Hand, given: str, sex: str, born: str, place: str = "", country: str = "") -> None:
    """Write down a child with the first situation that is suggested."""
    if place:
        hand.text(given)
        hand.key(TAB, TAB)
        hand.code(sex)
        hand.key(TAB)
        hand.text(born)
        hand.key(TAB)
        hand.text(place)
        hand.key(TAB)
        hand.code(country)
        hand.key(TAB)
        hand.code("c")
    else:
        _adult(hand, given, sex, born, "c")
    hand.key(Key.Key_Space, held=CONTROL)


def family_of_five(hand: Hand, desktop: Desktop) -> None:
    """Krasniqi: two adults, three children, two of them born in Liège; a situation a child, two services."""
    hand.key(Key.Key_N, held=CONTROL)
    hand.text("Agim Krasniqi 140584")
    hand.key(RETURN)
    hand.code("m")
    hand.key(TAB, TAB)
    hand.text("Shkodër")
    hand.key(TAB)
    hand.code("alb")
    hand.key(TAB, TAB)
    hand.code("alb")
    hand.key(RETURN)
    _adult(hand, "Mimoza", "f", "021188", "w")
    hand.key(RETURN)
    _child(hand, "Ardita", "f", "090315", "Liège", "belg")
    hand.key(RETURN)
    _child(hand, "Besnik", "m", "210819")
    hand.key(RETURN)
    _child(hand, "Elira", "f", "300118", "Shkodër")
    grid = _grid(desktop)
    assert not grid.table.verticalScrollBar().isVisible() and not grid.table.horizontalScrollBar().isVisible()
    hand.key(Key.Key_T, held=CONTROL | SHIFT)
    hand.key(RETURN, held=CONTROL)
    made = _case(desktop).case_file
    assert made is not None
    assert [one.person.text("given_names") for one in made.members] == ["Agim", "Mimoza", "Ardita", "Besnik", "Elira"]
    assert [one.person.text("birth_country") for one in made.members] == ["AL", "AL", "BE", "BE", "AL"]
    assert {one.person.text("citizenship") for one in made.members} == {"AL"}
    relationships = [one.membership.text("relationship") for one in made.members]
    assert relationships == ["self", "spouse", "daughter", "son", "daughter"]
    assert [len(one.membership.many("situations")) for one in made.members] == [0, 0, 1, 1, 1]
    assert {one.text("template") for one in made.services} == {"birth_registration", "school_enrolment"}


def one_name(hand: Hand, desktop: Desktop) -> None:
    """A case opened with a name and a year."""
    hand.key(Key.Key_N, held=CONTROL)
    hand.text("Arta Gjoni 1991")
    hand.key(RETURN, held=CONTROL)
    assert _case(desktop).case_file is not None


def applicant(hand: Hand, desktop: Desktop) -> None:
    """The basics of an applicant in a new case: name, sex, birth, place, country, citizenship."""
    hand.key(Key.Key_N, held=CONTROL)
    hand.text("Zamira Ndoja 120579")
    hand.key(RETURN)
    hand.code("f")
    hand.key(TAB, TAB)
    hand.text("Lezhë")
    hand.key(TAB)
    hand.code("alb")
    hand.key(TAB, TAB)
    hand.code("alb")
    hand.key(RETURN, held=CONTROL)
    made = _case(desktop).case_file
    assert made is not None and made.members[0].person.text("citizenship") == "AL"


def one_more(hand: Hand, desktop: Desktop) -> None:
    """A child added to a case that is open, with relationship and situation."""
    made = _case(desktop).case_file
    assert made is not None
    before = len(made.members)
    hand.key(Key.Key_M, held=CONTROL | SHIFT)
    _child(hand, "Klea", "f", "140616", "Gent", "belg")
    hand.key(RETURN, held=CONTROL)
    made = _case(desktop).case_file
    assert made is not None and len(made.members) == before + 1
    klea = made.members[-1]
    assert klea.membership.text("relationship") == "daughter" and klea.membership.many("situations")


def proposed_services(hand: Hand, desktop: Desktop) -> None:
    """What the situations of an open case propose, taken there."""
    page = _case(desktop)
    page.show_tab("people")
    QApplication.processEvents()
    hand.key(Key.Key_1, held=ALT)
    add = next(one for one in page.findChildren(Button) if one.isVisible() and one.text() in ("Add", "Add all"))
    hand.click(add)
    assert page.case_file is not None and page.case_file.services


def cyrillic(hand: Hand, desktop: Desktop) -> None:
    """A case in Cyrillic; the script is recognised by itself."""
    hand.key(Key.Key_N, held=CONTROL)
    hand.text("Марко Ђорђевић 1985")
    hand.key(RETURN, held=CONTROL)
    made = _case(desktop).case_file
    assert made is not None and made.members[0].person.text("name_script") == "Cyrl"


def pasted(hand: Hand, desktop: Desktop) -> None:
    """Four people copied from a spreadsheet, with its headings."""
    QApplication.clipboard().setText(SPREADSHEET)
    hand.key(Key.Key_N, held=CONTROL)
    hand.key(Key.Key_Down)
    hand.key(Key.Key_V, held=CONTROL)
    hand.key(RETURN, held=CONTROL)
    made = _case(desktop).case_file
    assert made is not None and len(made.members) == 4
    assert [one.membership.text("relationship") for one in made.members] == ["self", "spouse", "daughter", "son"]
