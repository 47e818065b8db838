"""The house rules that no linter knows, each as one test; whoever breaks one reads here which, and where."""

import ast
import re
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QLabel

from avrr_desktop.domain.records.about import ITSELF
from avrr_desktop.domain.records.fields import Field, Kind, Purpose, RecordType
from avrr_desktop.domain.records.record_types import ALL, BY_KEY
from avrr_desktop.operations.computer import shipped_packs
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.journal.record_tables import RECORD_TABLES

ROOT = Path(__file__).resolve().parent.parent
PRODUCT, TESTS, BENCH, DOMAIN = "avrr_desktop/", "tests/", "tools/bench/", "avrr_desktop/domain/"
NOTED, LONGEST, MEDIAN = 400, 500, 150  # lines of a file
NO_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "controller", "base"}
CLOCKS = {"avrr_desktop/clock.py", "avrr_desktop/log.py"}
OWN_DAY = (
    "avrr_desktop/cli/main.py",
    "date.today",
)  # practice data begins on the computer's own day: no store is open yet
CATCH_ALL = {"avrr_desktop/cli/main.py", "avrr_desktop/ui/jobs.py", "avrr_desktop/picture_child.py"}
THREADS = {"QThread", "QThreadPool", "QRunnable", "threading", "_thread", "multiprocessing", "concurrent"}
WIDGETS = "avrr_desktop/ui/widgets/controls.py"  # where what shows a text is made so that it shows it letter by letter
MADE_THERE = ("QComboBox", "QCheckBox", "QMessageBox", *(f"QMessageBox.{kind}" for kind in (
    "about", "critical", "information", "question", "warning")))  # fmt: skip
NO_OFFICE_CODE = 'else "XXX"'  # stands in case numbers, and is no mark
# What takes a Workspace first and is no verb of an officer: parts that verbs are made of, which window and command line
# never call; what comes before anybody said who they are; what asks for nothing but the calendar.
PARTS_OF_VERBS = {"number_prefix", "put_new_case", "service_parts", "adding", "commit"}
# What the window needs once a store is open is loaded after it is seen: it cost as much time as all the rest.
NOT_AT_START = {"sqlite_utils", "reportlab", "segno", "pypdfium2", "babel", "phonenumbers"}
NOT_AT_START |= {"sqlcipher3", "nacl", "pyrage", "tomllib", "zoneinfo", "hashlib"}
MODULES_AT_START = 50  # of our own, and some room; how many of its own a Python loads is its own affair
IMPORTS = (ast.Import, ast.ImportFrom, ast.Call)
Hit = tuple[str, int, str]  # path, line, code


def repository() -> list[Path]:
    """Every file that is committed or could be."""
    if not (ROOT / ".git").exists():  # an unpacked archive
        parts = {path: set(path.relative_to(ROOT).parts) for path in sorted(ROOT.rglob("*")) if path.is_file()}
        made = {".venv", "__pycache__", ".mypy_cache", ".hypothesis", ".pytest_cache", ".ruff_cache"}
        return [path for path, inside in parts.items() if not inside & made]
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return [path for name in sorted(set(names)) if name and (path := ROOT / name).is_file()]


@cache
def sources() -> dict[str, str]:
    """Path -> text of every Python file of ours."""
    paths = {path.relative_to(ROOT).as_posix(): path for path in repository() if path.suffix == ".py"}
    return {name: path.read_text(encoding="utf-8") for name, path in paths.items()}


@cache
def nodes() -> list[tuple[str, list[ast.AST]]]:
    """Path and syntax of every Python file of ours, the module first."""
    return [(name, list(ast.walk(ast.parse(text)))) for name, text in sources().items()]


def found(where: str, kinds: Any, wrong: Callable[[str, Any], bool], but: str = "-") -> list[Hit]:
    """Return where a node of some kinds breaks a rule, except in the folder ``but``."""
    return [
        (path, getattr(node, "lineno", 0), ast.unparse(node)[:60])
        for path, inside in nodes() if path.startswith(where) and not path.startswith(but)
        for node in inside if isinstance(node, kinds) and wrong(path, node)
    ]  # fmt: skip


def imported(node: ast.AST) -> set[str]:
    """Return the names that a statement imports, each with all its parents."""
    names: list[str] = []
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        names = [f"{node.module}.{alias.name}" for alias in node.names]
    elif isinstance(node, ast.Call) and ends(node.func, "import_module", "__import__"):
        names = [str(argument.value) for argument in node.args if isinstance(argument, ast.Constant)]
    return {".".join(name.split(".")[: count + 1]) for name in names for count in range(name.count(".") + 1)}


def dotted(node: ast.AST | None) -> str:
    """Return a name with its owners, as in a.b.c; empty for anything else."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def ends(node: ast.AST | None, *names: str) -> bool:
    """Say whether a name is one of these, whatever it belongs to."""
    whole = f".{dotted(node)}"
    return any(whole.endswith(f".{name}") for name in names)


def test_files_are_short() -> None:
    lengths = {path: text.count("\n") for path, text in sources().items() if path.startswith((PRODUCT, TESTS))}
    print(f"over {NOTED} lines:", {path: lines for path, lines in lengths.items() if lines > NOTED})
    assert [path for path, lines in lengths.items() if lines > LONGEST] == []
    assert statistics.median(lines for path, lines in lengths.items() if path.startswith(PRODUCT)) < MEDIAN


def test_names_say_what_is_inside() -> None:
    assert [path for path in sources() if NO_NAMES & set(re.split(r"[/_.]", path))] == []


def test_every_module_and_public_class_says_why_it_is_there() -> None:
    assert found("", ast.Module, lambda _, node: bool(node.body) and not ast.get_docstring(node)) == []
    assert found(PRODUCT, ast.ClassDef, lambda _, node: node.name[0] != "_" and not ast.get_docstring(node)) == []


def test_only_the_clock_asks_for_the_time() -> None:
    asking = ("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns")
    of_qt = ("currentDate", "QTime.currentTime", "currentDateTime", "currentDateTimeUtc")
    hits = found("", ast.Attribute, lambda path, node: path not in CLOCKS and ends(node, *asking, *of_qt), BENCH)
    assert [(path, text) for path, _, text in hits] == [OWN_DAY]
    assert found("", ast.ImportFrom, lambda _, node: "time.time" in imported(node)) == []


def test_the_store_is_written_in_our_own_transactions() -> None:
    names = ("conn", "connection", "_connection", "raw", "_raw", "db", "database", "connect", "Database")

    def opened(_: str, node: ast.withitem) -> bool:
        return ends(getattr(node.context_expr, "func", node.context_expr), *names)

    assert found("", ast.withitem, opened) == []
    assert found("", ast.keyword, lambda _, node: node.arg == "alter" and ast.unparse(node.value) != "False") == []
    assert found("", ast.Call, lambda _, node: getattr(node.func, "attr", "") == "transform") == []


def test_the_standard_library_never_opens_a_store() -> None:
    assert found("", IMPORTS, lambda _, node: "sqlite3" in imported(node), BENCH) == []  # there it is the comparison


def test_nobody_swallows_what_nobody_expected() -> None:
    def swallows(path: str, node: ast.ExceptHandler) -> bool:
        kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        if node.type is None or any(ends(kind, "BaseException") for kind in kinds):
            return not (isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None)
        return any(ends(kind, "Exception") for kind in kinds) and path not in CATCH_ALL

    assert found(PRODUCT, ast.ExceptHandler, swallows) == []
    suppressed = found(PRODUCT, ast.Call, lambda _, node: ends(node.func, "suppress"))
    assert [hit for hit in suppressed if "Exception" in hit[2]] == []


def test_nobody_compares_sentences() -> None:
    """A sentence is for people, and changes; what happened is a class, a code or a kind."""

    def compares(_: str, node: ast.Compare) -> bool:
        sides = [node.left, *node.comparators]
        if any(isinstance(one, ast.Call) and ends(one.func, "N_") for one in sides):
            return True
        of_error = any(isinstance(one, ast.Attribute) and one.attr in ("title", "hint", "message") for one in sides)
        return of_error and any(
            isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value for one in sides
        )

    assert found(PRODUCT, ast.Compare, compares) == []


def test_one_file_names_a_thread_and_one_reads_pdf() -> None:
    named = found(PRODUCT, (ast.Name, ast.Attribute), lambda _, node: bool(THREADS & set(dotted(node).split("."))))
    named += found(PRODUCT, IMPORTS, lambda _, node: bool(THREADS & {name.split(".")[-1] for name in imported(node)}))
    turns = "avrr_desktop/store/folder/key_files.py"  # starts none, and lets one after the other change a key file
    assert {path for path, *_ in named} == {"avrr_desktop/ui/jobs.py", turns}
    reads = found(PRODUCT, IMPORTS, lambda _, node: "pypdfium2" in imported(node))
    assert {path for path, *_ in reads} == {"avrr_desktop/ui/widgets/pdf_view.py", "avrr_desktop/picture_child.py"}


def test_what_shows_a_text_is_made_where_it_is_shown_letter_by_letter() -> None:
    """Qt takes an ampersand for a mark of its own and what looks like HTML for that; its own lists pop up too narrow."""

    def raw(_: str, node: ast.Call) -> bool:
        inside = {getattr(one.func, "id", "") for one in ast.walk(node) if isinstance(one, ast.Call)}
        if ends(node.func, *MADE_THERE) or ends(node.func, "setWhatsThis"):
            return True
        if ends(node.func, "QLabel"):
            return bool(node.args)
        if ends(node.func, "QPushButton", "QToolButton"):
            return bool(node.args) and "literal" not in inside
        if ends(node.func, "setToolTip", "setTabToolTip"):
            return "plain_tip" not in inside
        return ends(node.func, "addTab", "addMenu", "addAction") and "literal" not in inside

    hits = found(PRODUCT, ast.Call, raw) + found(
        PRODUCT, ast.ClassDef, lambda _, node: any(ends(kind, *MADE_THERE) for kind in node.bases)
    )
    assert [hit for hit in hits if hit[0] != WIDGETS] == []
    assert {path for path, *_ in hits} == {WIDGETS}  # the rule sees what it is about


def test_tests_wait_for_something_and_mock_nothing_of_ours() -> None:
    waits = ("time.sleep", "asyncio.sleep", "qtbot.wait", "qWait", "qSleep", "QThread.sleep", "QThread.msleep")
    marks = ("mark.skip", "mark.xfail", "mark.flaky", "pytest.skip", "pytest.xfail", "pytest.importorskip")
    foreign = {"unittest.mock", "mock", "pytest_mock", "time.sleep"}
    assert found(TESTS, ast.Attribute, lambda _, node: ends(node, *waits, *marks)) == []
    assert found(TESTS, IMPORTS, lambda _, node: bool(foreign & imported(node))) == []
    skips = found(TESTS, ast.Call, lambda _, node: ends(node.func, "skipif"))
    assert [hit for hit in skips if not re.search(r"\b(os\.name|sys\.platform)\b", hit[2])] == []


def test_types_are_checked_without_exemptions() -> None:
    everywhere, in_domain = re.compile(r"#\s*(type:\s*ignore(?!\[)|mypy:)"), re.compile(r"#\s*type:\s*ignore")
    assert [path for path, text in sources().items() if everywhere.search(text)] == []
    assert [path for path, text in sources().items() if path.startswith(DOMAIN) and in_domain.search(text)] == []


def test_nothing_is_left_to_do_and_nothing_is_printed() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX)\b")
    texts = {path: text.replace(NO_OFFICE_CODE, "") for path, text in sources().items() if path.startswith(PRODUCT)}
    assert [(path, line) for path, text in texts.items() for line in text.splitlines() if marks.search(line)] == []
    editors = next(inside for path, inside in nodes() if path == "avrr_desktop/ui/forms/editors/field_editors.py")
    abstract = {
        node.lineno for kind in editors if isinstance(kind, ast.ClassDef) and kind.name == "Editor"
        for node in ast.walk(kind) if isinstance(node, ast.Raise)
    }  # fmt: skip
    unwritten = found(PRODUCT, ast.Name, lambda _, node: node.id == "NotImplementedError")
    assert [
        hit for hit in unwritten if hit[0] != "avrr_desktop/ui/forms/editors/field_editors.py" or hit[1] not in abstract
    ] == []
    prints = found(PRODUCT, ast.Call, lambda _, node: dotted(node.func) in ("print", "pprint", "pprint.pprint"))
    beside = {"avrr_desktop/app.py", "avrr_desktop/window_child.py"}
    assert {path for path, *_ in prints if not path.startswith("avrr_desktop/cli/")} == beside


def test_the_repository_speaks_of_no_other_place() -> None:
    places = rb"\.\./shared|/[w]ork/|pypi\.org|files\.pythonhosted"
    homes = rb"/[h]ome/(?!zamira\b)[a-z]|/[r]oot/|/[U]sers/\w|[A-Z]:\\+Users"  # Zamira is made up, to be found in a log
    elsewhere = re.compile(places + b"|" + homes)
    assert [path.relative_to(ROOT) for path in repository() if elsewhere.search(path.read_bytes())] == []


def test_the_lock_names_every_package_by_its_hash() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", "")
    lines = [line.strip() for line in lock.splitlines() if line and not line.startswith("#")]
    whole = re.compile(r"[\w.-]+(\[[\w,-]+\])?==[\w.+!-]+( ; [^@/]+?)?( +--hash=sha256:[0-9a-f]{64})+")
    assert lines
    assert [line[:60] for line in lines if not whole.fullmatch(line)] == []


def test_qt_is_the_release_that_works_and_nothing_else_of_it(qapp: QApplication) -> None:
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert [line for line in needed if re.match("pyside|shiboken", line, re.I)] == ["PySide6-Essentials==6.11.3"]
    assert metadata.version("PySide6-Essentials") == metadata.version("shiboken6") == "6.11.3"
    installed = {re.sub(r"[-_.]+", "-", one.metadata["Name"]).lower() for one in metadata.distributions()}
    assert installed & {"pyside6", "pyside6-addons", "unidecode"} == set()
    label, before = QLabel(), sys.getrefcount(None)
    for number in range(2000):
        label.setText(str(number))
    if sys.version_info < (3, 12):  # later None is immortal; before, a release that loses it ends in a crash
        assert abs(sys.getrefcount(None) - before) < 100


def loaded_by(module: str) -> list[str]:
    """Return the modules of a new interpreter that imports one; no packages, which are rooms and hold nothing."""
    program = f"import sys, {module}; print(*sorted(name for name, one in sys.modules.items() if not hasattr(one, '__path__')))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    return done.stdout.split()


def test_the_window_starts_with_what_it_needs() -> None:
    loaded = loaded_by("avrr_desktop.app")
    assert NOT_AT_START & {name.split(".")[0] for name in loaded} == set()
    ours = [name for name in loaded if name.split(".")[0] == "avrr_desktop"]
    assert 0 < len(ours) <= MODULES_AT_START


def test_the_command_line_knows_no_qt() -> None:
    assert {"PySide6", "shiboken6"} & {name.split(".")[0] for name in loaded_by("avrr_desktop.cli.main")} == set()


def test_window_and_command_line_call_verbs_and_no_parts_of_them() -> None:
    for place in ("avrr_desktop/ui/", "avrr_desktop/cli"):
        assert found(place, (ast.Name, ast.Attribute), lambda _, node: ends(node, *PARTS_OF_VERBS)) == []


def test_every_field_says_what_it_means_and_why_it_is_held() -> None:
    codes = shipped_packs.shipped().codes

    def whole(field: Field) -> bool:
        listed, linked = field.kind in (Kind.CHOICE, Kind.CHOICES), field.kind in (Kind.LINK, Kind.LINKS)
        lists = bool(codes.get(field.codes)) if listed else not field.codes
        target = field.target in BY_KEY if linked else not field.target
        return bool(field.label.strip()) and field.purpose in Purpose and lists and target

    assert [(kind.key, field.key) for kind in ALL for field in kind.fields if not whole(field)] == []
    assert [kind.key for kind in ALL if len({field.key for field in kind.fields}) < len(kind.fields)] == []
    assert len({kind.letter for kind in ALL}) == len(BY_KEY) == len(ALL)


def test_every_record_type_says_whom_it_is_about() -> None:
    def said(kind: RecordType) -> bool:
        links = [key for key in kind.about if key != ITSELF]
        leads = all(kind.field(key).target and BY_KEY[kind.field(key).target].about for key in links)
        return leads and bool(kind.about) != bool(kind.about_nobody.strip())

    assert [kind.key for kind in ALL if not said(kind)] == []


def test_every_record_type_beside_the_cases_says_what_of_it_goes_on_a_journey() -> None:
    assert [kind.key for kind in ALL if (kind.travels is None) != kind.of_case] == []


def test_declared_columns_are_those_of_a_new_store(workspace: Workspace) -> None:
    own = dict.fromkeys(("uid", "rest", "marks", "heads", "conflicts"), "TEXT")
    own |= dict.fromkeys(("removed", "made", "changed"), "INTEGER")

    def declared(kind: RecordType) -> dict[str, str]:
        columns = {one.key: "INTEGER" if one.kind in (Kind.COUNT, Kind.YES_NO) else "TEXT" for one in kind.columns}
        more = {"revision": "INTEGER"} if kind.key == "case" else {}
        return {**own, **columns, **more, "case_pk" if kind.of_case else "pk": "INTEGER"}

    for kind in ALL:
        rows = workspace.store.connection.rows(f"PRAGMA table_info({RECORD_TABLES[kind.key].table})")
        assert {row[1]: row[2] for row in rows} == declared(kind), kind.key


def test_everything_that_a_pack_names_is_there() -> None:
    def missing(names: Iterable[str], there: Iterable[str]) -> set[str]:
        return set(names) - set(there)

    for pack in (shipped_packs.toml("generic"), shipped_packs.toml("practice")):
        services, steps, codes = (pack.get(part, {}) for part in ("services", "steps", "codes"))
        for service in services.values():
            assert missing(service["steps"], steps) | missing([service["category"]], codes["category"]) == set()
        for step in steps.values():
            groups = [step.get("needs", ()), step.get("helped_by", ()), *step.get("needs_any", ())]
            assert missing((key for group in groups for key in group), steps) == set(), step["title"]
            assert missing(step.get("evidence", ()), codes["doc_type"]) == set(), step["title"]


def test_imports_go_downwards_only() -> None:
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


# Who may catch what a verb says by itself; everything else runs its verbs through ui/verbs.py or ui/actions.py, which tell it.
CATCHING = {
    "ui/verbs.py": "the one place that tells it",
    "ui/jobs.py": "carries what a worker says over to the thread of the window",
    "ui/case/files_tab.py": "of several files that are added in a worker, one that is refused keeps no other out",
}


def test_pages_run_verbs_through_actions() -> None:
    named = {
        file.relative_to(ROOT / "avrr_desktop").as_posix()
        for file in (ROOT / "avrr_desktop" / "ui").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if (isinstance(node, ast.ExceptHandler) and node.type is not None and "Error" in ast.unparse(node.type)
            and "UnreadableError" not in ast.unparse(node.type))
        or (isinstance(node, ast.Call) and ast.unparse(node.func) == "isinstance" and "ExpectedError" in ast.unparse(node))
    }  # fmt: skip
    assert named == CATCHING.keys()
