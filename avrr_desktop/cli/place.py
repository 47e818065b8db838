"""The commands of places: what a name means, and an office's own list."""

import argparse
from pathlib import Path
from typing import Any

from avrr_desktop.cli.store import DONE, opened
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.country import KOSOVO_NOTE
from avrr_desktop.domain.people.name_tables import KOSOVO
from avrr_desktop.domain.wording import country_name
from avrr_desktop.language import Language
from avrr_desktop.operations.office.own_places import export_places, import_places


def place_parser(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands of places."""
    place = commands.add_parser("place", help=N_("municipalities and towns")).add_subparsers(
        required=True, metavar="VERB"
    )
    find = place.add_parser("find", parents=[common], help=N_("list the places that a name means"))
    find.add_argument("name", metavar="NAME")
    find.add_argument("--country", default="", metavar="CODE", help=N_("only where one of this country has the name"))
    find.set_defaults(run=run_place_find)
    take = place.add_parser("import", parents=[common], help=N_("lay a table of places over those that are known"))
    take.set_defaults(run=run_place_import)
    write = place.add_parser("export", parents=[common], help=N_("write the office's own list as a table"))
    write.set_defaults(run=run_place_export)
    for command in (take, write):
        command.add_argument("file", type=Path, metavar="FILE", help=N_("CSV in UTF-8, as the guide says"))


def run_place_find(given: argparse.Namespace, words: Language) -> int:
    """List what a name means: identifier, both official names, country; “?” where it is only perhaps meant."""
    with opened(given, words) as workspace:
        found = workspace.pack.places.find(given.name, given.country)
        for one in found:
            country = country_name(one.place.country, words)
            print("  ".join([one.place.uid, one.place.on_paper(), country, *(["?"] if one.perhaps else [])]))
        if any(one.place.country == KOSOVO for one in found):
            print(words.text(KOSOVO_NOTE))
    return DONE


def run_place_import(given: argparse.Namespace, words: Language) -> int:
    """Lay a table over the places that are known, as one Change; lines that are wrong are named."""
    with opened(given, words) as workspace:
        import_places(workspace, given.file)
    print(words.text(N_("The list of places was imported: {file}"), file=given.file))
    return DONE


def run_place_export(given: argparse.Namespace, words: Language) -> int:
    """Write the office's own list."""
    with opened(given, words) as workspace:
        print(export_places(workspace, given.file))
    return DONE
