"""Which heading of an export holds what: the columns of a case, and of an event log its events."""

from __future__ import annotations

from pydantic import Field, model_validator

from calibration.mapping_parts import Headings, Part, Words
from sim.messages import say

STEPS = ("verified", "established", "dispatched", "handling_started", "handled", "fed_back", "checked")
"""Steps between opening and closing that an export may time, in the order in which they happen."""

COUNTS = ("returns", "reworks", "extensions")
FLAGS = ("supervised", "forced_close")
MEASURES = (*COUNTS, *FLAGS, "satisfaction")
"""Columns of figures: whole numbers, yes or no, and a score."""


class Columns(Part):
    """Canonical name -> heading in the export. One row of the export is one case.

    Of an event log the headings are those of the case's attributes (in XES `case:` and the key of the trace) or of an
    event's; opened and closed are then its first and last event unless they are named here.
    """

    id: Headings | None = None
    opened: Headings | None = None
    category: Headings | None = None
    closed: Headings | None = None
    due: Headings | None = None
    verified: Headings | None = None
    established: Headings | None = None
    dispatched: Headings | None = None
    handling_started: Headings | None = None
    handled: Headings | None = None
    fed_back: Headings | None = None
    checked: Headings | None = None
    status: Headings | None = None
    on_time: Headings | None = None
    department: Headings | None = None
    community: Headings | None = None
    subdistrict: Headings | None = None
    district: Headings | None = None
    channel: Headings | None = None
    limit_type: Headings | None = None
    returns: Headings | None = None
    reworks: Headings | None = None
    extensions: Headings | None = None
    supervised: Headings | None = None
    forced_close: Headings | None = None
    satisfaction: Headings | None = None

    def wanted(self) -> dict[str, tuple[str, ...]]:
        """The canonical columns that this mapping names, each with its accepted headings."""
        return {name: headings for name, headings in self if headings is not None}


class Events(Part):
    """How one row an event (CSV) or a XES file becomes cases. Case attributes of XES are headed `case:` and their key.

    With `lifecycle`, rows that say start and complete are paired; otherwise a row is one piece of work with its end
    (`completed`) and perhaps its `started`. A case ends with the last event among `ends_with` (any, if empty); with
    `quiet_days` the log counts as seen until so many days before its last event, since only a silence so long tells that a
    case is through.
    """

    case: Headings
    activity: Headings
    completed: Headings
    started: Headings | None = None
    lifecycle: Headings | None = None
    resource: Headings | None = None
    group: Headings | None = None
    leave_out: Words = ()
    ends_with: Words = ()
    quiet_days: int | None = Field(default=None, ge=1)
    steps: dict[str, Words] = Field(default_factory=dict)
    """step -> activities whose end marks it: the first of them for established and dispatched, else the last"""

    def wanted(self) -> dict[str, tuple[str, ...]]:
        """The columns of an event, each with its accepted headings."""
        names = ("case", "activity", "completed", "started", "lifecycle", "resource", "group")
        return {name: found for name in names if (found := getattr(self, name)) is not None}

    @model_validator(mode="after")
    def _steps_are_known(self) -> Events:
        if wrong := sorted(set(self.steps) - set(STEPS)):
            raise ValueError(
                say(
                    "events.steps: {names} are not steps; allowed: {known}",
                    names=", ".join(wrong),
                    known=", ".join(STEPS),
                )
            )
        return self
