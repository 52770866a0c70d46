"""Each kind of agent decides for itself: put another decision in its place and the records change."""

from __future__ import annotations

from typing import Any

import pytest

from sim.agents.departments import Department
from sim.agents.grid_workers import GridWorker
from sim.agents.mesa_agents import Agent
from sim.agents.residents import Resident
from sim.agents.sensors import Sensor
from sim.records import MISSING
from sim.simulate import simulate
from tests.small_town import fingerprint, lived, town

CROWDED = ("places.households_per_community=2400", "time.horizon=35 d")
TEMPTED = (*CROWDED, "evaluation.pressure.late_loss=100")
KINDS = (Resident, GridWorker, Department, Sensor)

OTHER_DECISIONS: list[tuple[type, str, Any, tuple[str, ...], str]] = [
    (Resident, "decides_to_report", staticmethod(lambda population, number, seen: False), CROWDED, "reports"),
    (
        Resident,
        "picks_channel",
        staticmethod(lambda population, number, choice, aware, known: population.plan.channels[-1]),
        CROWDED,
        "reports",
    ),
    (Resident, "contacts_again", lambda self, contacts, luck: contacts < 9, CROWDED, "reports"),
    (Resident, "scores", lambda self, outcome: 1.0, CROWDED, "cases"),
    (Resident, "remembers", lambda self, score, step: None, CROWDED, "residents"),
    (GridWorker, "sees_on_pass", lambda self, visibility, luck: 1, CROWDED, "issues"),
    (GridWorker, "handles_on_the_spot", lambda self, issue, share, luck: True, CROWDED, "cases"),
    (GridWorker, "content", lambda self, seconds, luck: 2 * seconds, CROWDED, "services"),
    (Department, "accepts", lambda self, offer: offer.ordered, CROWDED, "cases"),
    (Department, "closes_unfixed", lambda self, temptation: False, TEMPTED, "issues"),
    (Sensor, "detects", lambda self, onset, code, gone_at: MISSING, CROWDED, "issues"),
    (Sensor, "is_read", lambda self, occasion: True, CROWDED, "issues"),
    (Sensor, "false_alarms", lambda self, until: [], CROWDED, "cases"),
]


@pytest.mark.parametrize(
    ("kind", "decision", "other", "settings", "table"),
    OTHER_DECISIONS,
    ids=[f"{kind.__name__}.{name}" for kind, name, *_ in OTHER_DECISIONS],
)
def test_another_decision_changes_the_records(
    kind: type, decision: str, other: Any, settings: tuple[str, ...], table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = fingerprint(lived(*settings))[table]
    assert decision in vars(kind)
    monkeypatch.setattr(kind, decision, other)
    assert fingerprint(simulate(town(*settings), 1))[table] != usual


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_agents_are_mesa_agents_with_decisions_of_their_own(kind: type) -> None:
    assert issubclass(kind, Agent)
    assert [name for agent, name, *_ in OTHER_DECISIONS if agent is kind]


class Forbidden:
    """What an agent must not touch: Mesa's one shared stream of random numbers."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"drew {name} from the shared stream")


def test_no_agent_draws_from_the_shared_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in KINDS:
        monkeypatch.setattr(kind, "random", Forbidden(), raising=False)
        monkeypatch.setattr(kind, "rng", Forbidden(), raising=False)
    assert fingerprint(simulate(town(), 1)) == fingerprint(lived())
