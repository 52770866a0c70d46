"""Chapter `staffing`: grid workers, desks, level teams and departments, with their hours and their numbers."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from sim.distributions import AnyDistribution
from sim.messages import say
from sim.scenario.chapter import Chapter, Label, Name, entry, portion
from sim.scenario.rounds import GuidedRounds, HouseholdFiles, NearestWorker, Pooling, UnitKnowledge, Visits
from sim.scenario.working_lives import Grades, Hiring, KnowHow, Learning, PayReform, Training, Transition, Turnover
from sim.scenario.working_time import Burden, NegativeList, Quotas, Terminal
from sim.units import HOUR, Span

ShiftEnd = Literal["suspend", "finish", "not_started"]
Duty = Literal["patrol", "verify", "check", "handle"]


class Team(Chapter):
    """The grid workers or inspectors of each community. Give workers per grid, or a total per community."""

    name: Name = entry("name of the team")
    name_zh: Label = entry("Chinese name")
    duties: tuple[Duty, ...] = entry("what its people do", min_length=1)
    workers_per_grid: float | None = entry(
        "workers per grid; a fraction is shared by neighbouring grids", "workers/grid", None, gt=0, le=50
    )
    workers_per_community: int | None = entry(
        "total workers of a community, spread over its grids", "workers/community", None, ge=1, le=5000
    )
    shift: Name = entry("calendar of their shift")
    patrol_floor: Span = entry("patrol owed each working day", "duration/day")
    paperwork: float = portion("share of the shift owed to paperwork")
    carry_over: bool = entry("paperwork displaced by cases is carried to the next day; false: forgiven", default=True)
    protect_floor: bool = entry("owed patrol minutes yield to emergencies only", default=False)
    shift_end: ShiftEnd = entry("what happens to work in hand at the end of the shift", default="finish")
    patrol_speed: float = entry("speed on the round, looking", "km/h", gt=0, le=30)
    absence_days: float = entry("days absent a year (leave, sickness, training)", "days/worker/year", ge=0, le=365)
    known_households: int = entry("households that a worker can know well", "households", ge=1)
    unfamiliar_extra: float = entry(
        "extra work, as a share, where the worker does not know the household", "share", ge=0, le=10
    )
    report_work: AnyDistribution = entry("effort to report a finding")

    @model_validator(mode="after")
    def _one_number(self) -> Team:
        if (self.workers_per_grid is None) == (self.workers_per_community is None):
            raise ValueError(
                say("give exactly one of workers_per_grid and workers_per_community (set the other to null)")
            )
        return self


class Desk(Chapter):
    """The office of a level: receives, establishes, dispatches and reviews."""

    seats: int = entry("people at the desk of one unit", "persons/unit", ge=1, le=10_000)
    calendar: Name = entry("office hours")


class LevelTeam(Chapter):
    """Handling people of a community or subdistrict, for cases inside its authority."""

    crews: int = entry("crews of one unit", "crews/unit", ge=1, le=10_000)
    calendar: Name = entry("working hours")
    shift_end: ShiftEnd = entry("what happens to work in hand at closing", default="suspend")
    travel: AnyDistribution = entry("way to the case")


class DepartmentStaff(Chapter):
    """A department of the district."""

    name: Label = entry("name, or the code that a log uses")
    name_zh: Label = entry("Chinese name")
    crews: int = entry("crews", "crews", ge=1, le=100_000)
    calendar: Name = entry("working hours")
    shift_end: ShiftEnd = entry("what happens to work in hand at closing", default="suspend")
    on_call: bool = entry("works emergencies (major cases) outside its hours", default=False)
    travel: AnyDistribution = entry("way to the case")


OF_WORKERS = (
    "turnover", "learning", "grades", "know_how", "quotas", "terminal", "guided_rounds", "visits", "household_files", "pooling",
    "nearest", "burden", "negative_list",
)  # fmt: skip
"""Options that concern grid workers alone."""
NEEDS = {"hiring": "turnover", "pay_reform": "turnover", "training": "know_how"}
"""Options that do nothing without another."""


class Staffing(Chapter):
    """Everybody who works on cases."""

    teams: tuple[Team, ...] = entry("teams of grid workers and inspectors", default=())
    desks: dict[Literal["community", "subdistrict", "district", "city"], Desk] = entry("desks by level")
    level_teams: dict[Literal["community", "subdistrict", "city"], LevelTeam] = entry("handling teams by level", default={})
    departments: tuple[DepartmentStaff, ...] = entry("departments of the district", min_length=1)
    turnover: Turnover | None = entry("workers quit; none: everybody stays", default=None)
    hiring: Hiring | None = entry("rule by which an empty seat is filled; none: as turnover says", default=None)
    learning: Learning | None = entry("new workers need longer; none: nobody does", default=None)
    grades: Grades | None = entry("skill grades; none: all alike", default=None)
    pay_reform: PayReform | None = entry("pay by grade; none: pay as turnover says", default=None)
    know_how: KnowHow | None = entry("what the untrained lack; none: nothing", default=None)
    training: Training | None = entry("courses; none: nobody is trained", default=None)
    transition: Transition | None = entry("a rule that changes; none: none does", default=None)
    burden: Burden | None = entry("relief from paperwork; none: as the teams say", default=None)
    negative_list: NegativeList | None = entry("audits of what may not be asked of workers; none: no audit", default=None)
    quotas: Quotas | None = entry("reports that a worker must bring; none: no quota", default=None)
    terminal: Terminal | None = entry("mobile terminals; none: as the teams report", default=None)
    guided_rounds: GuidedRounds | None = entry("rounds led by a map of cases; none: every stretch alike", default=None)
    visits: Visits | None = entry("visits in the hours of a risk group; none: no visit", default=None)
    household_files: HouseholdFiles | None = entry("visits by the risk that a home's file shows; none: no files", default=None)
    pooling: Pooling | None = entry("help in neighbouring grids; none: own grids only", default=None)
    nearest: NearestWorker | None = entry("who is nearest goes; none: who has worked least", default=None)
    unit_knowledge: UnitKnowledge | None = entry("how well a community's people know its homes; none: well", default=None)

    @model_validator(mode="after")
    def _names(self) -> Staffing:
        names = [department.name for department in self.departments]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(say("department {name} stands twice; give each department one row", name=twice[0]))
        return self

    @model_validator(mode="after")
    def _somebody(self) -> Staffing:
        named = [name for name in OF_WORKERS if getattr(self, name) is not None]
        if named and not self.teams:
            raise ValueError(say("{name} concerns grid workers, but there is no team of them", name=named[0]))
        for name, other in NEEDS.items():
            if getattr(self, name) is not None and getattr(self, other) is None:
                raise ValueError(say("{name} does nothing without {other}; add {other}", name=name, other=other))
        return self


def day_plan_hours(team: Team, shift_hours: float) -> tuple[float, float, float]:
    """Hours of patrol floor, of paperwork, and hours left for cases in one shift; the last may be negative."""
    floor = team.patrol_floor.seconds / HOUR if "patrol" in team.duties else 0.0
    paper = team.paperwork * shift_hours
    return floor, paper, shift_hours - floor - paper
