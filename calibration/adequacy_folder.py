"""A folder with an adequacy report: Markdown in both languages, JSON, a CSV of what its steps show; written whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from calibration.adequacy import Adequacy
from calibration.adequacy_text import adequacy_text
from calibration.cautions import about
from calibration.observed_rows import observed_csv
from sim.messages import BadInput, language, say, speak

FILES = {"en": "adequacy.md", "zh": "adequacy_zh.md"}


def write_adequacy(found: Adequacy, folder: Path) -> None:
    """Write adequacy.md, adequacy_zh.md, adequacy.json and observed.csv. Raises BadInput if the folder exists or cannot be made."""
    if folder.exists():
        raise BadInput(say("{folder}: exists already; remove it or choose another with --out", folder=folder))
    partial = folder.with_name(f".{folder.name}.{os.getpid()}.partial")
    before = language()
    try:
        partial.mkdir(parents=True)
        for spoken, name in FILES.items():
            speak(spoken)
            (partial / name).write_text(adequacy_text(found), encoding="utf-8")
        speak("en")
        facts = {"about": about(found.quality)} | found.as_dict()
        text = json.dumps(facts, ensure_ascii=False, indent=2, allow_nan=False)
        (partial / "adequacy.json").write_text(text + "\n", encoding="utf-8")
        (partial / "observed.csv").write_text(observed_csv(found.observed), encoding="utf-8")
        partial.rename(folder)
    except OSError as error:
        raise BadInput(say("{folder}: cannot be written: {why}", folder=folder, why=error)) from error
    finally:
        speak(before)
        shutil.rmtree(partial, ignore_errors=True)
