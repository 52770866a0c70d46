"""Whose public holidays a log keeps: the mapping says it, else the country in which its time zone lies, else none."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import get_args

from sim.scenario.times import Country

NONE = "none"


def country_of(zone: str, stated: str | None = None) -> str:
    """ISO code of the country, or `none` (a zone of no country, such as UTC, or one whose holidays a scenario cannot name)."""
    found = stated if stated is not None else _countries().get(zone, NONE)
    return found if found in get_args(Country) else NONE


@cache
def _countries() -> dict[str, str]:
    """Zone -> country, from the table of the time zone database (`zone.tab`: code, place, zone)."""
    lines = files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {row[2]: row[0] for row in rows}
