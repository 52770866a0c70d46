"""The room papers: path of the option in the scenario, class."""

from __future__ import annotations

from sim.mechanisms.mechanism import Mechanism
from sim.mechanisms.papers.answers import AnswerWithinTheLimit
from sim.mechanisms.papers.applications import ApplicationsAtCounters, OneStopCentre
from sim.mechanisms.papers.complaints import ActOnComplaint
from sim.mechanisms.papers.desk import Classifier, OneTapReport, SupervisionAndCommand
from sim.mechanisms.papers.enquiries import DigitalPerson, EnquiriesAtTheDesk
from sim.mechanisms.papers.entries import RepeatedEntry
from sim.mechanisms.papers.households import FactsAboutHouseholds, PoolOfData
from sim.mechanisms.papers.joint import JoinedCases, TwoDepartments
from sim.mechanisms.papers.limits import ThreeHandlingLimits, UrgentAndPlanned
from sim.mechanisms.papers.meeting import MeetingWithAgenda, OneLeader
from sim.mechanisms.papers.ownership import CreditForTaking, DutiesDescribed, FirstReceiverKeeps, LeadsFixed
from sim.mechanisms.papers.plans import LibraryOfPlans, PlansForCases
from sim.mechanisms.papers.platform import OneNetwork
from sim.mechanisms.papers.whistle import WhistleForDepartments

ROOM: dict[str, type[Mechanism]] = {
    "centres.classifier": Classifier,
    "centres.one_tap": OneTapReport,
    "centres.two_centres": SupervisionAndCommand,
    "knowledge.reentry": RepeatedEntry,
    "knowledge.data_pool": PoolOfData,
    "centres.digital_desk": DigitalPerson,
    "centres.enquiries": EnquiriesAtTheDesk,
    "centres.service_centre": OneStopCentre,
    "centres.applications": ApplicationsAtCounters,
    "centres.three_limits": ThreeHandlingLimits,
    "centres.tiers": UrgentAndPlanned,
    "centres.complaints": ActOnComplaint,
    "centres.answers": AnswerWithinTheLimit,
    "centres.responsibility_list": DutiesDescribed,
    "centres.merge_list": LeadsFixed,
    "centres.credit": CreditForTaking,
    "centres.whistle": WhistleForDepartments,
    "centres.first_receiver": FirstReceiverKeeps,
    "knowledge.households": FactsAboutHouseholds,
    "knowledge.planning": PlansForCases,
    "knowledge.library": LibraryOfPlans,
    "centres.several_departments": TwoDepartments,
    "centres.joint_cases": JoinedCases,
    "centres.leadership": OneLeader,
    "centres.joint_meeting": MeetingWithAgenda,
    "centres.platform": OneNetwork,
}
"""The mechanisms of the room, in the order in which they are asked: the whistle before the work that it hurries."""
