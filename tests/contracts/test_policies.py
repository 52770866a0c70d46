"""What every policy promises: a legal decision, an untouched view, the same answer to the same view."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.case import Case
from sim.invariants import check_records
from sim.issue import issue_of
from sim.messages import BadInput
from sim.model import GovernanceModel
from sim.policies import decisions, view
from sim.policies.table import METHODS, POLICIES, build, choose
from sim.scenario.chapter import LEVELS
from sim.scenario.choices import Choice, Choices
from sim.simulate import simulate
from sim.world import draw_world
from tests.small_town import lived, town

names = st.lists(st.sampled_from(["police", "justice", "housing", "ecology"]), min_size=1, unique=True).map(tuple)
chains = st.sampled_from([LEVELS, ("grid", "district"), ("grid", "community", "district")])
seconds, severities = st.integers(-(10**6), 10**9), st.integers(1, 3)
channels = st.sampled_from(["hotline", "app", "patrol", "sensor", "log"])

report_views = names.flatmap(
    lambda claimants: st.builds(
        view.ReportView,
        st.just("noise"),
        severities,
        channels,
        st.booleans(),
        st.just(claimants),
        st.tuples(*[st.integers(0, 999)] * len(claimants)),
    )
)
route_views = chains.flatmap(
    lambda levels: st.builds(view.RouteView, severities, st.sampled_from(levels), st.just(levels))
)
late_views = chains.flatmap(
    lambda levels: st.builds(
        view.LateView,
        st.sampled_from(levels),
        st.just(levels),
        severities,
        st.integers(0, 5),
        st.booleans(),
        st.integers(1, 9),
    )
)
referral_views = names.flatmap(
    lambda claimants: st.builds(view.ReferralView, st.just(claimants), st.integers(1, len(claimants) + 2))
)
VIEWS: dict[str, st.SearchStrategy[Any]] = {
    "triage": report_views,
    "dispatch": route_views,
    "queueing": st.builds(
        view.QueueView, severities, seconds, seconds, st.integers(0, 10**12), st.integers(0, 10**6), st.booleans()
    ),
    "escalation": late_views,
    "referral": referral_views,
    "patrol": st.integers(1, 9).flatmap(
        lambda seats: st.builds(view.RoundView, st.integers(0, seats - 1), st.just(seats), names)
    ),
}


def legal_triage(seen: view.ReportView, answer: Any) -> bool:
    if isinstance(answer, decisions.Reject):
        return bool(answer.reason)
    return (
        isinstance(answer, decisions.Establish)
        and 0 <= answer.claimant < len(seen.claimants)
        and 1 <= answer.priority <= 3
    )


def legal_route(seen: view.RouteView, answer: Any) -> bool:
    reach = seen.levels[1 : seen.levels.index(seen.owner_level) + 1]
    return isinstance(answer, decisions.Route) and list(answer.through) == [
        level for level in reach if level in answer.through
    ]


def legal_rank(seen: view.QueueView, answer: Any) -> bool:
    return (
        isinstance(answer, tuple)
        and len(answer) > 0
        and all(isinstance(part, int) for part in answer)
        and answer <= answer
    )


def legal_late(seen: view.LateView, answer: Any) -> bool:
    return isinstance(answer, decisions.Lateness) and not (
        isinstance(answer, decisions.Raise) and seen.level == seen.levels[-1]
    )


def legal_referral(seen: view.ReferralView, answer: Any) -> bool:
    if isinstance(answer, decisions.NextClaimant):
        return 0 <= answer.claimant < len(seen.claimants)
    return isinstance(answer, decisions.JointMeeting)


def legal_round(seen: view.RoundView, answer: Any) -> bool:
    return isinstance(answer, decisions.RoundPlan) and 0 <= answer.start < 1 and isinstance(answer.backwards, bool)


LEGAL: dict[str, Callable[[Any, Any], bool]] = {
    "triage": legal_triage,
    "dispatch": legal_route,
    "queueing": legal_rank,
    "escalation": legal_late,
    "referral": legal_referral,
    "patrol": legal_round,
}
BUSY = ("places.households_per_community=2000", "time.horizon=35 d")
EACH = [(point, name) for point, listed in POLICIES.items() for name in listed]


def test_every_decision_point_is_covered_here() -> None:
    assert set(POLICIES) == set(METHODS) == set(VIEWS) == set(LEGAL) == set(Choices.model_fields) - {"keep_decisions"}


@pytest.mark.parametrize(("point", "name"), EACH)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_legal_decision_untouched_view_same_answer(point: str, name: str, data: st.DataObject) -> None:
    seen = data.draw(VIEWS[point])
    before = copy.deepcopy(seen)
    policy, twin = build(point, Choice(name=name)), build(point, Choice(name=name))
    answers = [getattr(each, METHODS[point])(seen) for each in (policy, twin, policy)]
    assert LEGAL[point](seen, answers[0]), answers[0]
    assert answers[0] == answers[1] == answers[2]
    assert seen == before
    assert policy == twin  # nothing was remembered


@pytest.mark.parametrize(("point", "name"), EACH)
def test_policy_carries_a_run_to_its_end(point: str, name: str) -> None:
    records = lived(f"policies.{point}.name={name}", *BUSY)
    assert len(records["cases"]) > 50
    assert check_records(records) == []


@pytest.mark.parametrize("point", ["triage", "dispatch", "queueing", "escalation", "referral"])
def test_policies_of_a_point_differ_in_what_they_do(point: str) -> None:
    runs = [lived(f"policies.{point}.name={name}", *BUSY) for name in POLICIES[point]]
    told = [records["events"].to_csv(index=False) for records in runs]
    assert len(set(told)) > 1


def test_views_cannot_be_changed() -> None:
    for each in vars(view).values():
        if isinstance(each, type) and issubclass(each, tuple) and each is not tuple:
            seen = each(*range(len(each._fields)))  # type: ignore[attr-defined]
            with pytest.raises(AttributeError):
                setattr(seen, each._fields[0], 7)  # type: ignore[attr-defined]


@pytest.mark.parametrize("point", POLICIES)
def test_unknown_name_and_unknown_parameter_are_bad_input(point: str) -> None:
    name = next(iter(POLICIES[point]))
    with pytest.raises(BadInput, match=f"policies.{point}.name: '{name}x' is no policy; choose .*did you mean {name}"):
        build(point, Choice(name=name + "x"))
    with pytest.raises(BadInput, match=f"policies.{point}.params.colour: .*has no such parameter; it has"):
        build(point, Choice(name=name, params={"colour": 3}))


def test_parameters_reach_the_policy() -> None:
    for point, name in EACH:
        policy = POLICIES[point][name]
        if is_dataclass(policy) and fields(policy):
            field = fields(policy)[0]
            built = build(point, Choice(name=name, params={field.name: field.default}))
            assert built == build(point, Choice(name=name))
    assert build("escalation", Choice(name="ladder", params={"most": 3})) != build("escalation", Choice(name="ladder"))


OUTSIDE = """
from sim.policies.decisions import Reject
class Nobody:
    def triage(self, view):
        return Reject("closed today")
class Mute:
    pass
class Needs:
    def __init__(self, reason):
        self.reason = reason
    def triage(self, view):
        return Reject(self.reason)
"""


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "wangge_outside.py").write_text(OUTSIDE, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    return "wangge_outside"


def test_policy_from_outside_the_tree_decides(outside: str) -> None:
    records = simulate(town(f"policies.triage.name={outside}:Nobody"), 1)
    assert (records["cases"]["outcome"] == "rejected").sum() > 5
    assert (records["cases"]["outcome"] == "closed").sum() == 0
    assert "closed today" in set(records["events"]["detail"])


def test_parameters_of_a_policy_from_outside(outside: str) -> None:
    assert build("triage", Choice(name=f"{outside}:Needs", params={"reason": "full"})).reason == "full"
    with pytest.raises(BadInput, match=r"policies.triage: .* cannot be built"):
        build("triage", Choice(name=f"{outside}:Needs"))


@pytest.mark.parametrize(
    "name", ["no_such_module:X", "wangge_outside:Absent", "wangge_outside:Mute", ":X", "wangge_outside:"]
)
def test_what_cannot_be_taken_from_outside_is_bad_input(outside: str, name: str) -> None:
    with pytest.raises(BadInput, match="policy "):
        build("triage", Choice(name=name))


def test_choose_builds_one_policy_a_point() -> None:
    chosen = choose(town().policies)
    for point in POLICIES:
        assert isinstance(getattr(chosen, point), POLICIES[point][getattr(town().policies, point).name])


def test_kept_decisions_change_nothing_and_tell_everything() -> None:
    plain, kept = lived(), lived("policies.keep_decisions=true")
    rows = kept["decisions"]
    assert len(plain["decisions"]) == 0
    assert {name.split(":")[0] for name in rows["policy"].unique()} >= {"triage", "dispatch", "queueing", "patrol"}
    assert (rows["policy"] == "triage: LeadDepartment").sum() == (kept["events"]["event"] == "establish").sum()
    assert rows["view"].str.contains("View(", regex=False).all()
    for table in ("issues", "cases", "events", "services"):
        assert plain[table].equals(kept[table])


def test_perfect_knowledge_is_a_labelled_option() -> None:
    def guesses(*settings: str) -> list[tuple[int, int]]:
        scenario = town("issues.estimate_cv=0", *settings)
        model = GovernanceModel(scenario, draw_world(scenario, 1))
        cases = [Case(number, issue_of(model.world, number, 0), 1, "app", 0) for number in range(len(model.world))]
        return [(model.efforts.estimate(case), model.efforts.seconds("handle", case)) for case in cases]

    assert all(guess == work for guess, work in guesses("issues.estimate_of=work"))
    assert len({guess for guess, _ in guesses()}) <= len(town().issues.categories)
