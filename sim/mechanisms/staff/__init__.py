"""The room staff: path of the option in the scenario, class."""

from __future__ import annotations

from sim.mechanisms.mechanism import Mechanism
from sim.mechanisms.staff.files import VisitsByFile
from sim.mechanisms.staff.hiring import HiringRule, PayByGrade
from sim.mechanisms.staff.papers import Audits, BurdenRelief
from sim.mechanisms.staff.pooling import HelpNextDoor, KnownHomes, NearestGoes
from sim.mechanisms.staff.rounds import MapOfCases
from sim.mechanisms.staff.rules import NewRule, ReportByTerminal, ReportQuotas
from sim.mechanisms.staff.skills import Courses, LearningByDoing, SkillGrades, WhatTheUntrainedLack
from sim.mechanisms.staff.turnover import Quitting
from sim.mechanisms.staff.visits import RiskGroupVisits

ROOM: dict[str, type[Mechanism]] = {
    "staffing.burden": BurdenRelief,
    "staffing.negative_list": Audits,
    "staffing.hiring": HiringRule,
    "staffing.pay_reform": PayByGrade,
    "staffing.turnover": Quitting,
    "staffing.pooling": HelpNextDoor,
    "staffing.nearest": NearestGoes,
    "staffing.grades": SkillGrades,
    "staffing.learning": LearningByDoing,
    "staffing.terminal": ReportByTerminal,
    "staffing.training": Courses,
    "staffing.know_how": WhatTheUntrainedLack,
    "staffing.transition": NewRule,
    "staffing.unit_knowledge": KnownHomes,
    "staffing.quotas": ReportQuotas,
    "staffing.guided_rounds": MapOfCases,
    "staffing.visits": RiskGroupVisits,
    "staffing.household_files": VisitsByFile,
}
"""The mechanisms of the room. What scales the work comes before what adds minutes to it."""
