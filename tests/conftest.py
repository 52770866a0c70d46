"""Fixtures that several test files share."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.messages import speak


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    """A test that spoke Chinese leaves no Chinese behind for the next one of its process."""
    yield
    speak("en")


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with tried.yaml and out/tried, a study that has run on one process; do not change it."""
    from tests.study_file import carry_out, write_study

    home = tmp_path_factory.mktemp("finished")
    assert carry_out(write_study(home), home / "out") == 0
    return home


@pytest.fixture
def copied(finished: Path, tmp_path: Path) -> Path:
    """The same to be changed."""
    shutil.copytree(finished, tmp_path / "home")
    return tmp_path / "home"
