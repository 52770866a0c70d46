"""The shape of the tree: imports point downward, the model touches nothing outside itself, files stay small."""

from __future__ import annotations

import ast
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("sim", "scenarios", "experiments", "calibration")
SHELVES = (
    {
        "units",
        "messages",
        "words",
        "calendars",
        "civil_time",
        "streams",
        "distributions",
        "records",
        "record_tables",
        "instant",
        "moment",
        "clock",
    },
    {"scenario", "places", "grids", "metrics", "eventlogs", "invariants", "invariant_rules"},
    {
        "world",
        "issue_stream",
        "journal",
        "agents",
        "policies",
        "issue",
        "case",
        "task",
        "station",
        "bench",
        "seats",
        "line",
        "server",
        "working_hours",
        "efforts",
    },
    {"discovery", "reports", "false_alarms", "lifecycle", "handling", "steps", "mechanisms", "desk_rulings", "rulings", "governance"},
    {"model"},
    {"simulate"},
)
"""Rooms of sim/, lowest shelf first. A room without a shelf may lie anywhere that makes no circle."""
OUTER = ("sim", "scenarios", "experiments", "calibration", "run")
BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}
BANNED_IMPORTS = {
    "matplotlib",
    "random",
    "time",
    "pathlib",
    "os",
    "sys",
    "io",
    "shutil",
    "tempfile",
    "subprocess",
    "logging",
}
CLOCK = {"now", "today", "utcnow", "localtime"}
GLOBAL_RANDOM = {
    "seed",
    "rand",
    "randn",
    "random",
    "randint",
    "choice",
    "shuffle",
    "permutation",
    "normal",
    "uniform",
    "exponential",
    "poisson",
}
MOST_LINES = {"file": 300, "function": 40, "class": 200}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def runtime_imports(path: Path) -> set[str]:
    """Modules that a file imports when it runs, anywhere in it; what only a type checker sees does not count."""
    found: set[str] = set()

    def visit(node: ast.AST) -> None:
        if isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING"):
            return
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
        for child in ast.iter_child_nodes(node):
            visit(child)

    visit(tree(path))
    return found


def own(path: Path) -> set[str]:
    """Modules of this project that a file imports."""
    return {name for name in runtime_imports(path) if name in MODULES}


MODULES = {module_of(path): path for path in [*files(*PACKAGES), ROOT / "run.py"]}
IDS = [str(path.relative_to(ROOT)) for path in MODULES.values()]
every_file = pytest.mark.parametrize("path", MODULES.values(), ids=IDS)
every_model_file = pytest.mark.parametrize("path", files("sim"), ids=[module_of(path) for path in files("sim")])


def shelf(module: str) -> int | None:
    room = module.split(".")[1] if "." in module else ""
    return next((number for number, rooms in enumerate(SHELVES) if room in rooms), None)


@every_model_file
def test_model_imports_point_downward(path: Path) -> None:
    mine, module = shelf(module_of(path)), module_of(path)
    for name in own(path):
        assert name.split(".")[0] == "sim", f"{module} imports {name}"
        other = shelf(name)
        assert mine is None or other is None or other <= mine, f"{module} imports {name} from a higher shelf"


@every_file
def test_outer_rooms_import_downward(path: Path) -> None:
    module = module_of(path)
    mine = OUTER.index(module.split(".")[0])
    for name in own(path):
        assert OUTER.index(name.split(".")[0]) <= mine, f"{module} imports {name}"


def test_no_module_stands_in_a_circle() -> None:
    graph = {module: {name for name in own(path) if name != module} for module, path in MODULES.items()}
    above: list[str] = []
    finished: set[str] = set()

    def descend(module: str) -> None:
        assert module not in above, f"circle: {' -> '.join([*above[above.index(module) :], module])}"
        if module in finished:
            return
        above.append(module)
        for name in sorted(graph[module]):
            if not module.startswith(name + "."):  # a package's __init__ may gather its own modules
                descend(name)
        above.pop()
        finished.add(module)

    for module in sorted(graph):
        descend(module)


def test_every_shelf_holds_rooms_that_exist() -> None:
    rooms = {module.split(".")[1] for module in MODULES if module.startswith("sim.")}
    assert len(rooms & set().union(*SHELVES)) >= 25


@every_model_file
def test_model_touches_nothing_outside_itself(path: Path) -> None:
    for name in runtime_imports(path):
        top = name.split(".")[0]
        allowed = top in ("io",) and "eventlogs" in path.parts  # text streams that the caller opened
        assert top not in BANNED_IMPORTS or allowed, f"{module_of(path)} imports {name}"
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            assert not (isinstance(node.func, ast.Name) and node.func.id in ("open", "print", "input")), (
                f"{path}:{node.lineno}"
            )
        if isinstance(node, ast.Attribute):
            owner = ast.unparse(node.value)
            clock = node.attr in CLOCK and owner.split(".")[-1] in ("datetime", "date", "dt", "time", "Timestamp", "pd")
            unnamed = owner in ("np.random", "numpy.random") and node.attr in {*GLOBAL_RANDOM, "default_rng"}
            assert not clock, f"{path}:{node.lineno} reads the wall clock"
            assert not unnamed, f"{path}:{node.lineno} draws from an unnamed generator"


def test_only_one_file_imports_mesa() -> None:
    importers = {
        module_of(path)
        for path in MODULES.values()
        if any(name.split(".")[0] == "mesa" for name in runtime_imports(path))
    }
    assert importers == {"sim.agents.mesa_agents"}


@every_file
def test_file_is_named_after_something_and_short(path: Path) -> None:
    assert path.stem not in BANNED_NAMES
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES["file"], f"{lines} lines"


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function's body without its docstring."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


@every_file
def test_functions_and_classes_are_short(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert body_lines(node) <= MOST_LINES["function"], f"{node.name}: {body_lines(node)} lines"
        if isinstance(node, ast.ClassDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            assert lines <= MOST_LINES["class"], f"{node.name}: {lines} lines"


TESTS = files("tests")


@pytest.mark.parametrize("path", TESTS, ids=[str(path.relative_to(ROOT)) for path in TESTS])
def test_no_test_hides_another_and_each_asserts_something(path: Path) -> None:
    found = [
        node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    names = Counter(
        node.name for node in tree(path).body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )
    assert [name for name, count in names.items() if count > 1] == []
    helpers = {node.name: node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)}
    for node in found:
        assert checks_something(node, helpers, set()), f"{node.name} asserts nothing"


def checks_something(node: ast.FunctionDef, helpers: dict[str, ast.FunctionDef], seen: set[str]) -> bool:
    """Whether a test, or a function of its file that it calls, asserts (or expects an exception or a warning)."""
    seen.add(node.name)
    for part in ast.walk(node):
        if isinstance(part, ast.Assert):
            return True
        if isinstance(part, ast.Call):
            called = part.func.attr if isinstance(part.func, ast.Attribute) else getattr(part.func, "id", "")
            if called in ("raises", "warns", "check") or called.startswith(("assert_", "check_", "agrees")):
                return True
            if called in helpers and called not in seen and checks_something(helpers[called], helpers, seen):
                return True
    return False
