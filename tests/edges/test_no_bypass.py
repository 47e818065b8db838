"""Nobody goes around an edge: read in the source, so that a new way past one is seen before anybody takes it."""

import ast
import re
from pathlib import Path

from avrr_desktop.operations.documents.export_policy import NOT_WRITTEN_DOWN
from tests.test_house_rules import IMPORTS, PRODUCT, Hit, dotted, ends, found, imported, nodes

DRAWING = (
    "drawString",
    "drawRightString",
    "drawCentredString",
    "drawAlignedString",
    "beginText",
    "textLine",
    "textLines",
    "textOut",
)
RUNNING = {"execute", "executemany", "executescript", "rows", "one"}
# What may stand in the text of a statement: names of tables and columns from RECORD_TABLES, and pieces made of those and marks.
# A value never may: it goes beside the statement, behind a question mark.
IDENTIFIERS = {
    "key.hex()", "PATIENCE", "name", "pragma", "where", "_ITEM", "SCHEMA", "assignments", "marks", "_LINE", "_lines_for(chosen)",
    "_lines_for(chosen, sort)", "group", "order", "same_case", "table", "columns", "join", "key", "revision",
    "', '.join(_LINE)", "','.join(names)",
    "_STAYS", "_CASES", "_TOLD",  # the statements of the counting, whole ones
    "_RUNNING", "_AT_OFFICE",  # codes of the enums of states
}  # fmt: skip
OF_A_SHAPE = re.compile(r"(shape|RECORD_TABLES\[.*\])\.\w+(\('\w'\))?")
KEY = "avrr_desktop/store/engine/driver.py"  # the key is bytes of ours, written out as digits: a pragma takes no question mark
OWN_FILES = {
    "avrr_desktop/files.py", "avrr_desktop/log.py", "avrr_desktop/store/folder/backup.py", "avrr_desktop/store/folder/folder.py",
    "avrr_desktop/store/engine/opening.py", "avrr_desktop/store/folder/backup_files.py",
    "avrr_desktop/operations/files/opened_files.py", "avrr_desktop/picture_child.py",
    "avrr_desktop/operations/computer/instances.py",  # empty marks that carry a lock
    "avrr_desktop/operations/program/update/staging.py",  # the copy of a package, and the key of IT that goes along
}  # fmt: skip
WRITERS = ("write_text", "write_bytes", "copyfile", "copytree", "mkstemp", "NamedTemporaryFile", "QFile", "QSaveFile",
           "saveFileContent", "setOutputFileName")  # fmt: skip


def places(hits: list[Hit]) -> set[str]:
    return {path for path, *_ in hits}


def texts(node: ast.AST) -> list[str]:
    return [one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def test_letters_are_drawn_in_one_place_and_never_as_markup() -> None:
    drawn = found(PRODUCT, ast.Attribute, lambda _, node: node.attr in DRAWING)
    assert {path for path, *_ in drawn} == {"avrr_desktop/pdf/page.py"}
    assert len(drawn) == 3, "a line in one piece, or the pieces of one with a mark that is raised: both in one function"
    markup = found(
        PRODUCT, IMPORTS, lambda _, node: any(name.startswith("reportlab.platypus") for name in imported(node))
    )
    markup += found(PRODUCT, ast.Name, lambda _, node: node.id in ("Paragraph", "XPreformatted"))
    assert markup == []


def test_full_text_is_asked_in_one_place_and_words_are_quoted_in_one() -> None:
    asked = found(
        PRODUCT, (ast.Constant, ast.JoinedStr), lambda _, node: any(" MATCH " in text for text in texts(node))
    )
    assert places(asked) == {"avrr_desktop/store/reading/full_text.py"}

    def quotes_by_itself(_: str, node: ast.JoinedStr) -> bool:
        return any(isinstance(part, ast.Constant) and str(part.value).endswith('"') for part in node.values[:-1])

    assert len(found("avrr_desktop/store/reading/full_text.py", ast.JoinedStr, quotes_by_itself)) == 1


def test_tables_are_written_in_one_package() -> None:
    written = found(PRODUCT, IMPORTS, lambda _, node: bool({"csv", "openpyxl", "xlsxwriter"} & imported(node)))
    assert places(written) == {"avrr_desktop/tables/register.py"}


def test_no_value_stands_in_the_text_of_a_statement() -> None:
    def wrong(_: str, node: ast.Call) -> bool:
        if not (isinstance(node.func, ast.Attribute) and node.func.attr in RUNNING and node.args):
            return False
        inside = [one for one in ast.walk(node.args[0]) if isinstance(one, ast.FormattedValue)]
        said = [ast.unparse(one.value) for one in inside]
        filled_in = any(isinstance(one, ast.BinOp) and isinstance(one.op, ast.Mod) for one in ast.walk(node.args[0]))
        filled_in = filled_in or any(ends(getattr(one, "func", None), "format") for one in ast.walk(node.args[0]))
        return filled_in or any(one not in IDENTIFIERS and not OF_A_SHAPE.fullmatch(one) for one in said)

    assert found(PRODUCT, ast.Call, wrong) == []


def test_no_value_is_put_between_quotes_of_sql() -> None:
    def between(_: str, node: ast.JoinedStr) -> bool:
        return any(
            isinstance(before, ast.Constant)
            and str(before.value).endswith("'")
            and isinstance(after, ast.FormattedValue)
            for before, after in zip(node.values, node.values[1:], strict=False)
        )

    assert places(found("avrr_desktop/store/", ast.JoinedStr, between)) == {KEY}


def test_files_are_written_in_few_places() -> None:
    def writes(_: str, node: ast.Call) -> bool:
        if ends(node.func, *WRITERS):
            return True
        if not ends(node.func, "open", "fdopen") and not (
            isinstance(node.func, ast.Attribute) and node.func.attr == "open"
        ):
            return False
        modes = [text for argument in [*node.args, *(word.value for word in node.keywords if word.arg == "mode")]
                 for text in texts(argument)]  # fmt: skip
        return any(re.fullmatch(r"[rwaxbt+]{1,4}", mode) and set(mode) & set("wax+") for mode in modes)

    assert places(found(PRODUCT, ast.Call, writes)) == OWN_FILES


def test_the_log_is_written_in_one_place() -> None:
    loggers = {"logging", "syslog", "faulthandler"}
    assert found(PRODUCT, IMPORTS, lambda _, node: bool(loggers & imported(node))) == []
    named = found(PRODUCT, ast.Constant, lambda _, node: isinstance(node.value, str) and ".jsonl" in node.value)
    assert {path for path, _, text in named if "log" in text} == {"avrr_desktop/log.py"}
    streams = found(PRODUCT, ast.Attribute, lambda _, node: dotted(node) in ("sys.stderr.write", "sys.stdout.write"))
    assert streams == []


def test_the_clipboard_is_filled_in_one_place() -> None:
    filled = found(PRODUCT, ast.Attribute, lambda _, node: node.attr in ("setMimeData", "clipboard"))
    assert {path for path, _, text in filled if not text.startswith("self.")} == {"avrr_desktop/ui/system/clipboard.py"}


def test_every_file_that_leaves_is_written_down_or_said_to_need_no_line() -> None:
    names = ("write_whole", "write_new", "made_aside")
    own = {
        "settings.write_settings",
        "version_memory._keep",
        "install.put_in_place",
        "create.create_store",
        "openings._note",
        "openings._profile",
    }  # of this computer: nothing leaves
    writing = {
        f"{Path(path).stem}.{function.name}"
        for path, inside in nodes() if path.startswith("avrr_desktop/operations/")
        for function in inside if isinstance(function, ast.FunctionDef)
        if any(isinstance(node, ast.Call) and ends(node.func, *names) for node in ast.walk(function))
    }  # fmt: skip
    assert writing - own == NOT_WRITTEN_DOWN.keys() | {"leaving_files.write"}
