"""A missing extra is one clear line; what is asked for is what pyproject.toml offers."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from experiments.procedures import libraries
from experiments.procedures.libraries import NEEDED, library
from sim.messages import BadInput

ROOT = Path(__file__).parent.parent.parent


def test_a_missing_library_is_one_line_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(NEEDED, "no_such_library", "no-such-library>=1")
    with pytest.raises(
        BadInput, match=r'needs the library no_such_library; install it: make setup .*"no-such-library>=1"'
    ) as found:
        library("no_such_library.inner")
    assert "\n" not in str(found.value)


def test_a_library_that_lacks_something_itself_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken_library.py").write_text("import something_else_missing\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setitem(NEEDED, "broken_library", "broken-library>=1")
    with pytest.raises(ModuleNotFoundError, match="something_else_missing"):
        library("broken_library")


def test_what_is_asked_for_is_what_the_extras_offer() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert sorted(NEEDED.values()) == sorted([*extras["lab"], *extras["cluster"]])


def test_heavy_libraries_are_imported_late() -> None:
    names = [f"experiments.procedures.{path.stem}" for path in Path(libraries.__file__).parent.glob("*.py")]
    code = f"import importlib, sys\nfor name in {names}: importlib.import_module(name)\nprint(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert len(names) > 15
    assert not {name for name in NEEDED if f"'{name}'" in loaded}
