"""Chinese for the names of teams in tables and figures."""

from __future__ import annotations

CHINESE = {
    "team of the {level} {unit}": "{level}队伍 {unit}",
}
