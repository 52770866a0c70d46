"""Residents and participation act on ties, thresholds, agendas, hours and stocks; switched off they touch nothing."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from scenarios.reading import read_scenario
from scenarios.stacking import option_path
from sim.agents.ties import Ties
from sim.invariants import check_records
from sim.issue import issue_of
from sim.mechanisms.participation.councils import ResidentCouncils
from sim.mechanisms.participation.dilemma import NeighboursMeetAgain
from sim.mechanisms.participation.inviting import CulturalEvents
from sim.mechanisms.participation.neighbours import PactOfNeighbours
from sim.mechanisms.participation.rewards import BankOfHours, PointsForDeeds, StarLevels
from sim.mechanisms.participation.seats import Circles
from sim.mechanisms.participation.turnout import TakingPart
from sim.mechanisms.participation.volunteers import VolunteerDays
from sim.mechanisms.residents.channels import LeaksOfData
from sim.mechanisms.residents.outreach import HomeVisits
from sim.mechanisms.residents.readiness import SilentPlaces, TenantsHoldBack, UnclearVoices
from sim.mechanisms.residents.word import OpinionLeaders, WordOfMouth
from sim.messages import BadInput
from sim.metrics.table import measure
from sim.model import GovernanceModel
from sim.places import build_city
from sim.records import MISSING, RunRecords
from sim.scenario import Scenario
from sim.simulate import simulate
from sim.streams import uniforms
from sim.world import draw_world
from tests.small_town import SMALL, fingerprint, lived, town

LONG = "time.horizon=60 d"
ALL = (
    "layers", "residents_council", "facilitation", "word_of_mouth", "one_shot_game", "repeated_game", "points", "chain_credit", "volunteers",
    "time_bank", "star_volunteers", "youth_channel", "age_terminals", "neighbour_pact", "culture", "profiling", "opinion_leaders",
    "tenants_hold_back", "integration_package", "silent_places", "home_outreach", "unclear_voices", "resident_training",
    "community_app", "privacy_leak", "data_officers", "transparency", "closed_loop", "expectation_3d", "social_organisations",
    "community_partners", "crowd_projects", "micro_wishes", "building_contacts", "hotline_top3",
)  # fmt: skip
COUNCIL = ("layers", "residents_council")
LEVEL = "participation.councils.levels.council"
BUSY = (f"{LEVEL}.every=5 d", f"{LEVEL}.first=5 d", "participation.councils.shares.property_service=1", "participation.councils.idea=0.3")
"""Meetings and matters enough for a small town."""


def scenario(*options: str, settings: tuple[str, ...] = ()) -> Scenario:
    return read_scenario("baseline", [*SMALL, LONG, *settings], [option_path(name) for name in options]).scenario


@cache
def run(*options: str, settings: tuple[str, ...] = (), seed: int = 1) -> RunRecords:
    """The small town over 60 days with options stacked on it."""
    return simulate(scenario(*options, settings=settings), seed)


def built(*options: str, settings: tuple[str, ...] = ()) -> GovernanceModel:
    """A model before its first second, its mechanisms begun."""
    plan = scenario(*options, settings=settings)
    model = GovernanceModel(plan, draw_world(plan, 1))
    model.governance.begins()
    return model


def the(model: GovernanceModel, kind: Any) -> Any:
    """The mechanism of a class."""
    return next(each for each in model.governance.mechanisms if type(each) is kind)


def did(records: RunRecords, mechanism: str, event: str) -> pd.DataFrame:
    rows = records["governance"]
    return rows[(rows["mechanism"] == mechanism) & (rows["event"] == event)]


def numbers(column: pd.Series) -> np.ndarray:
    """Numbers that stand in a column of texts."""
    return column.astype(str).to_numpy().astype(np.int64)


def settled(records: RunRecords) -> pd.DataFrame:
    """Cases that the councils settled."""
    mine = numbers(did(records, "ResidentCouncils", "settled")["subject"])
    return records["cases"].set_index("case_id").loc[mine]


# -- off, and on all together -----------------------------------------------------------------------------------------


def test_options_in_force_only_after_the_end_change_nothing() -> None:
    late = ("participation.pact.starts=99 d", "participation.contacts.starts=99 d", "participation.wishes.starts=99 d",
            "participation.organisations.starts=99 d", "participation.projects.starts=99 d")  # fmt: skip
    records = run("neighbour_pact", "building_contacts", "micro_wishes", "crowd_projects", settings=late[:3] + late[4:])
    assert fingerprint(records) == fingerprint(lived(LONG))


def test_people_who_take_part_in_nothing_change_nothing_but_their_layer() -> None:
    plain, layered = fingerprint(lived(LONG)), fingerprint(run("layers"))
    assert {name for name in plain if plain[name] != layered[name]} == {"residents"}
    left = [records["residents"].drop(columns="layer") for records in (lived(LONG), run("layers"))]
    pd.testing.assert_frame_equal(*left)


def test_all_together_everything_holds_and_the_world_is_the_same() -> None:
    records = run(*ALL)
    assert not check_records(records)
    columns = ["issue_id", "x", "y", "onset", "severity", "category"]
    pd.testing.assert_frame_equal(records["issues"][columns], lived(LONG)["issues"][columns])
    assert len(set(records["governance"]["mechanism"])) >= 14


@pytest.mark.parametrize("option", ["three_councils", "grid_hall", "courtyard", "hearing_vr", "citizens_committee", "chonaikai",
                                    "neighbourhood_centre", "cdc", "participatory_budget", "points_short"])  # fmt: skip
def test_each_other_option_loads_and_holds(option: str) -> None:
    needs = {"chonaikai": (), "neighbourhood_centre": (), "cdc": (), "participatory_budget": (), "points_short": COUNCIL}
    records = run(*needs.get(option, ("layers",)), option)
    assert not check_records(records)
    assert len(records["governance"])


@pytest.mark.parametrize(("options", "settings", "said"), [
    (("residents_council",), (), "needs layers"),
    (("layers", "residents_council"), ("participation.turnout=null",), "councils does nothing without turnout"),
    (("opinion_leaders",), (), "needs word_of_mouth"),
    (("neighbour_pact",), ("participation.pact.categories=[weather]",), "is not a declared category"),
    (("layers",), ("participation.turnout.bands={elder: 2}",), "is not a declared age band"),
])  # fmt: skip
def test_what_does_not_fit_is_refused(options: tuple[str, ...], settings: tuple[str, ...], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        scenario(*options, settings=settings)


# -- ties and word of mouth -------------------------------------------------------------------------------------------


def test_ties_are_sparse_symmetric_and_between_the_living() -> None:
    model = built()
    ties = Ties(model.population, model.city, 3, 2)
    graph = ties.graph
    assert (graph != graph.T).nnz == 0
    assert graph.diagonal().sum() == 0
    assert model.population.lives_here[np.unique(graph.indices)].all()
    living = int(model.population.lives_here.sum())
    assert 8 < graph.nnz / living <= 10
    people = np.flatnonzero(model.population.lives_here)[:400]
    network = ties.as_network(people)
    inside = graph[people][:, people]
    assert {node: network.degree(node) for node in people.tolist()} == dict(
        zip(people.tolist(), np.diff(inside.indptr).tolist(), strict=True)
    )


def test_near_ties_are_near_and_the_others_of_one_age() -> None:
    model = built()
    population, homes = model.population, build_city(model.scenario.places).communities[0].homes
    near, alike = Ties(population, model.city, 2, 0).graph.tocoo(), Ties(population, model.city, 0, 2).graph.tocoo()
    away = np.hypot(*(homes[population.household[near.row]] - homes[population.household[near.col]]).T)
    assert np.median(away) < 20
    assert (population.age_band[alike.row] == population.age_band[alike.col]).all()


def test_a_score_moves_the_trust_of_exactly_those_who_are_told() -> None:
    model = built("word_of_mouth", settings=("residents.ties.tells=1", "residents.ties.listens=0.5"))
    word, trust = the(model, WordOfMouth), model.population.trust
    friends, before = word.ties.of(100), trust.copy()
    word.scored(SimpleNamespace(issue=SimpleNamespace(code=7), opening=1, satisfaction=0.0), 100)
    assert len(friends) >= 3
    assert trust[friends] == pytest.approx(before[friends] / 2)
    others = np.setdiff1d(model.population.numbers, friends)
    assert (trust[others] == before[others]).all()


def test_leaders_are_best_connected_and_news_runs_along_the_ties() -> None:
    model = built("word_of_mouth", "opinion_leaders")
    leaders = the(model, OpinionLeaders)
    ties = the(model, WordOfMouth).ties
    first = leaders.leaders(0)
    assert len(first) == 10
    assert ties.degrees()[first].min() >= np.sort(ties.degrees())[-10]
    everybody = np.ones(len(model.population.numbers), dtype=bool)
    assert set(ties.reached_from(first, everybody).tolist()) == {n for one in first.tolist() for n in ties.of(one).tolist()}
    leaders.informed[5] = True
    box = next(channel for channel in model.scenario.residents.channels if channel.name == "box")
    assert (leaders.known_share(5, box, 0.35), leaders.known_share(6, box, 0.35)) == (1.0, 0.35)
    reached = did(run("word_of_mouth", "opinion_leaders"), "OpinionLeaders", "reached")["amount"]
    assert reached.is_monotonic_increasing
    assert measure(run("word_of_mouth", "opinion_leaders"), ["leaders_reach"])["leaders_reach"] > 0.5


# -- who reports ------------------------------------------------------------------------------------------------------


def test_tenants_know_and_dare_less_until_they_take_the_package() -> None:
    model = built("tenants_hold_back")
    hold, tenant = the(model, TenantsHoldBack), model.population.tenant
    one, other = int(np.flatnonzero(tenant)[0]), int(np.flatnonzero(~tenant)[0])
    channel = model.scenario.residents.channels[0]
    issue: Any = SimpleNamespace(community=0)
    assert (hold.report_share(issue, one, 0.4), hold.report_share(issue, other, 0.4)) == (0.2, 0.4)
    assert (hold.known_share(one, channel, 0.5), hold.known_share(other, channel, 0.5)) == (0.3, 0.5)
    assert tenant[model.population.lives_here].mean() == pytest.approx(0.177, abs=0.03)
    sure = ("participation.integration.offered=1", "participation.integration.uptake=1")
    packed = the(built("tenants_hold_back", "integration_package", settings=sure), TenantsHoldBack)
    assert packed.report_share(issue, one, 0.4) == 0.4
    assert fingerprint(run("tenants_hold_back", "integration_package", settings=sure)) == fingerprint(lived(LONG))


def test_silent_places_differ_threefold_and_a_visited_home_speaks() -> None:
    model = built("silent_places", "home_outreach")
    silence, visits = the(model, SilentPlaces), the(model, HomeVisits)
    assert max(silence.ready.values()) / min(silence.ready.values()) == pytest.approx(3)
    grid = min(silence.ready, key=lambda place: silence.ready[place])
    issue: Any = SimpleNamespace(community=0, grid=grid)
    assert silence.report_share(issue, 50, 0.3) == pytest.approx(0.1)
    visits._visited[model.population.household[50]] = 0
    assert silence.report_share(issue, 50, 0.3) == 0.3


def test_visits_are_tasks_of_the_team_and_find_things() -> None:
    records = run("silent_places", "home_outreach")
    tasks = records["services"].query("activity == 'visit' and outcome == 'done'")
    assert len(tasks) == len(did(records, "HomeVisits", "visit")) > 100
    assert (tasks["case_id"] == -1).all()
    assert did(records, "HomeVisits", "visit")["amount"].sum() > 10
    proactive = [measure(each, ["proactive_share"])["proactive_share"] for each in (run("silent_places"), records)]
    assert proactive[0] < proactive[1]


def test_the_silent_say_nothing_and_the_unclear_are_asked_again() -> None:
    records, model = run("unclear_voices"), built("unclear_voices")
    voices, residents = the(model, UnclearVoices), records["residents"]
    silent = voices._silent[residents["resident"]]
    assert residents["contacts"][silent].sum() == 0 < residents["contacts"][~silent].sum()
    case: Any = SimpleNamespace(resident=int(np.flatnonzero(~voices._clear)[0]), opening=1, issue=SimpleNamespace(community=0, code=3))
    assert voices.desk_work(case, "establish", 60) > 60
    assert voices.desk_work(case, "dispatch", 60) == 60
    all_trained = ("participation.training.places=100000", "participation.training.every=1 d")
    taught = run("unclear_voices", "resident_training", settings=all_trained)
    assert taught["residents"]["contacts"][silent].sum() > 0


def test_only_registered_and_active_residents_use_the_app() -> None:
    plan = ("participation.app.active=1", "participation.app.registered={under_18: 0, age_18_35: 1, age_36_45: 0, age_46_59: 0, age_60_plus: 0}")
    reports = run("community_app", settings=plan)["reports"].query("channel == 'app'")
    bands = run("community_app", settings=plan)["residents"].set_index("resident")["age_band"]
    assert len(reports) >= 5
    assert set(bands.loc[numbers(reports["by"])]) == {"age_18_35"}


def test_terminals_give_digital_skill_to_the_old_alone() -> None:
    before, model = built(), built("age_terminals")
    model.env.run(until=1)
    old = model.population.age_band == 4
    assert (model.population.digital[~old] == before.population.digital[~old]).all()
    assert model.population.digital[before.population.digital].all()
    assert model.population.digital[old].mean() == pytest.approx(0.6, abs=0.05)


def test_a_leak_costs_trust_and_users_and_officers_stop_it() -> None:
    often = ("participation.privacy.leaks=30",)
    records = run("privacy_leak", settings=often)
    assert did(records, "LeaksOfData", "leak")["amount"].sum() > 0
    assert records["residents"]["trust"].mean() < lived(LONG)["residents"]["trust"].mean() - 0.05
    stopped = run("privacy_leak", "data_officers", settings=(*often, "participation.privacy.catches=1"))
    assert not len(did(stopped, "LeaksOfData", "leak"))
    pd.testing.assert_frame_equal(stopped["cases"], lived(LONG)["cases"])
    model = built("privacy_leak", settings=("participation.privacy.concerns=1",))
    leaks, before = the(model, LeaksOfData), model.population.trust[9]
    leaks._leaks(0, 0)
    app = next(channel for channel in model.scenario.residents.channels if channel.digital)
    assert model.population.trust[9] == pytest.approx(before * 0.75)
    assert leaks.known_share(9, app, 0.5) == 0.0


def test_publication_moves_readers_towards_what_is_shown() -> None:
    everybody = ("participation.disclosure.reads=1", "participation.disclosure.step=1", "participation.disclosure.share=0",
                 "participation.disclosure.every=40 d", "evaluation.trust_step=0", "evaluation.neighbour_step=0")  # fmt: skip
    records = run("transparency", settings=everybody)
    assert did(records, "Publication", "published")["amount"].tolist() == [0.4]
    assert (records["residents"]["trust"] == 0.4).all()


def test_everybody_is_told_in_a_closed_loop_and_expectations_shorten_patience() -> None:
    scores = {name: run(*name)["cases"]["satisfaction"].mean() for name in ((), ("closed_loop",), ("expectation_3d",))}
    assert scores["closed_loop",] > scores[()] > scores["expectation_3d",]
    assert run("expectation_3d")["residents"]["contacts"].sum() >= run()["residents"]["contacts"].sum()


# -- who comes --------------------------------------------------------------------------------------------------------


def test_layers_have_their_shares_and_children_do_not_come() -> None:
    model = built("layers")
    here, layer = model.population.lives_here, model.population.layer
    assert [np.mean(layer[here] == n) for n in (2, 1, 0)] == pytest.approx([0.07, 0.25, 0.68], abs=0.02)
    comers = the(model, TakingPart).comers(np.flatnonzero(here), "festival")
    assert 10 < len(comers) < 200
    assert (model.population.age_band[comers] != 0).all()
    assert layer[comers].mean() > layer[here].mean()


def test_who_gets_nothing_loses_interest() -> None:
    model = built("layers")
    turnout, people = the(model, TakingPart), np.flatnonzero(model.population.lives_here)
    share = []
    for _ in range(13):
        share.append(turnout.interested(people).mean())
        turnout.thanks(people, 1.0, True)
    assert share[0] == 1
    assert share[12] == pytest.approx(np.exp(-12 * 0.07), abs=0.02)


def test_online_and_youth_and_invitations_and_belonging_bring_more_people() -> None:
    model = built(*COUNCIL, "youth_channel", "profiling", "culture")
    turnout, people = the(model, TakingPart), np.flatnonzero(model.population.lives_here)
    youth, personal = turnout.invitations
    all_in = set(turnout.comers(people, "hall").tolist())
    turnout.invitations = [personal]
    without_youth = set(turnout.comers(people, "hall").tolist())
    assert set(model.population.age_band[list(all_in - without_youth)]) == {1, 2}
    turnout.invitations = []
    plain = set(turnout.comers(people, "hall").tolist())
    assert plain < without_youth < all_in
    assert plain < set(turnout.comers(people, "hall", online=1.0).tolist())
    the(model, CulturalEvents).belonging[:] = 1.0
    assert plain < set(turnout.comers(people, "hall").tolist())
    assert youth is not personal


# -- councils ---------------------------------------------------------------------------------------------------------


def test_what_a_council_settles_never_goes_the_formal_way() -> None:
    records = run(*COUNCIL, settings=BUSY)
    mine = settled(records)
    assert len(mine) >= 8
    assert (mine["dispatched_at"] == MISSING).all()
    assert set(mine["department"]) == {"council_c001"}
    assert (mine["severity_seen"] <= 2).all()
    assert set(mine["category"]) <= {"neighbour_dispute", "noise", "parking", "property_service"}
    meetings = did(records, "ResidentCouncils", "meeting")
    assert set(mine["closed_at"]) <= set(meetings["at"])
    assert mine.groupby("closed_at").size().max() <= 6


def test_without_proposals_quorum_or_agreement_everything_goes_the_formal_way() -> None:
    for setting in ("idea=0", "quorum", "support"):
        change = {"idea=0": ("participation.councils.idea=0",),
                  "quorum": (f"{LEVEL}.quorum=9999",),
                  "support": ("participation.councils.support=0.5", "participation.councils.agrees=0")}[setting]  # fmt: skip
        records = run(*COUNCIL, settings=(*BUSY[:3], *change))
        assert not len(did(records, "ResidentCouncils", "settled"))
        sent = numbers(did(records, "ResidentCouncils", "not settled")["subject"])
        cases = records["cases"].set_index("case_id").loc[sent]
        assert len(cases) >= 2
        assert (cases["wait_other_s"] > 0).all()
        assert (cases["department"] != "council_c001").all()


def test_a_matter_climbs_from_building_to_community() -> None:
    records = run("layers", "three_councils")
    units = did(records, "ResidentCouncils", "settled")["unit"].astype(str)
    assert {unit.split("_")[0] for unit in units} >= {"building", "grid"}
    nobody = ("participation.councils.levels.building.coverage=0", "participation.councils.levels.grid.coverage=0")
    alone = did(run("layers", "three_councils", settings=nobody), "ResidentCouncils", "settled")["unit"]
    assert set(alone) == {"council_c001"}


def test_limits_rest_on_the_agenda_only_if_the_council_says_so() -> None:
    paused = settled(run(*COUNCIL, settings=(*BUSY, "participation.councils.pauses=true")))
    assert (paused["deferred_s"] > 0).all()
    assert not paused["overdue_raw"].any()
    assert len(paused) >= 8
    assert (settled(run(*COUNCIL, settings=BUSY))["deferred_s"] == 0).all()


def test_a_facilitator_lets_more_of_those_present_speak_while_free() -> None:
    model = built(*COUNCIL, "facilitation", settings=("participation.facilitation.facilitators=1", "participation.facilitation.meetings=1"))
    councils, people = the(model, ResidentCouncils), np.flatnonzero(model.population.lives_here)[:1000]
    assert councils._speakers(people, 0, "hall") == pytest.approx(900, abs=40)
    assert councils._speakers(people, 0, "hall") == pytest.approx(400, abs=60)


def test_neighbours_give_way_if_they_meet_again() -> None:
    model = built(*COUNCIL, "word_of_mouth", "one_shot_game", "repeated_game")
    game = the(model, NeighboursMeetAgain)
    share = {meets: np.mean([game._cooperates(n, meets) for n in range(4000)]) for meets in (0.45, 0.6, 0.95)}
    assert share[0.45] == 0
    assert share[0.6] == pytest.approx(1 - 0.5 / 0.6, abs=0.02)
    assert share[0.95] == pytest.approx(1 - 0.5 / 0.95, abs=0.03)
    once = run(*COUNCIL, "word_of_mouth", "one_shot_game", settings=BUSY)
    again = run(*COUNCIL, "word_of_mouth", "one_shot_game", "repeated_game", settings=BUSY)
    assert not len(did(once, "ResidentCouncils", "settled"))
    assert len(did(once, "NeighboursMeetAgain", "did not")) >= 5
    assert len(did(again, "ResidentCouncils", "settled")) == len(did(again, "NeighboursMeetAgain", "gave way")) > 0


# -- rewards ----------------------------------------------------------------------------------------------------------


def test_points_move_people_until_goods_run_out() -> None:
    model = built(*COUNCIL, "points", settings=("participation.points.values=1", "participation.points.recorded=1"))
    points, people = the(model, PointsForDeeds), np.flatnonzero(model.population.lives_here)
    issue: Any = SimpleNamespace(community=0)
    assert points.report_share(issue, int(people[0]), 0.2) == pytest.approx(0.25)
    model.population.points[people] = 4.0
    points._stock[0] = 3.0
    points._sells(0)
    assert points.moved[people].sum() == 3
    assert (model.population.points[people] == 0).sum() == 3
    disappointed = int(people[~points.moved[people]][0])
    assert points.report_share(issue, disappointed, 0.2) == 0.2


def test_with_goods_attendance_lasts_and_reports_rise() -> None:
    shop = ("participation.points.values=1", "participation.points.recorded=1", "participation.points.goods=1000")
    model = built(*COUNCIL, "points", settings=shop)
    turnout, people = the(model, TakingPart), np.flatnonzero(model.population.lives_here)
    turnout.thanks(people, 1.5, True)
    assert turnout.weary[people].max() == 0
    assert (model.population.points[people] == 2).all()
    assert len(run(*COUNCIL, "points", settings=shop)["reports"]) > len(run(*COUNCIL)["reports"])


def test_a_ledger_records_what_was_lost() -> None:
    for options, share in ((("points",), 0.7), (("points", "chain_credit"), 1.0)):
        model = built(*COUNCIL, *options)
        people = np.flatnonzero(model.population.lives_here)
        the(model, TakingPart).thanks(people, 1.0, True)
        assert (model.population.points[people] > 0).mean() == pytest.approx(share, abs=0.02)


def test_hours_in_the_bank_can_be_drawn_only_from_what_others_gave() -> None:
    model = built("layers", "volunteers", "time_bank", settings=("participation.time_bank.needs=1",))
    bank, people = the(model, BankOfHours), np.flatnonzero(model.population.lives_here)[:10]
    assert bank._rewards(people, 4.0, False).all()
    bank._given[:] = 12.0
    bank._month()
    assert bank.balance[people].tolist() == [0.0] * 3 + [4.0] * 7
    assert bank._rewards(people, 4.0, False).tolist() == [True] * 3 + [False] * 7


def test_a_star_gives_new_heart() -> None:
    model = built("layers", "volunteers", "star_volunteers", settings=("participation.stars.honour=1",))
    turnout, stars, people = the(model, TakingPart), the(model, StarLevels), np.flatnonzero(model.population.lives_here)[:5]
    turnout.thanks(people, 19.0, False)
    assert (turnout.weary[people] == 0.07).all()
    turnout.thanks(people, 1.0, False)
    assert (turnout.weary[people] == 0).all()
    assert (stars.hours[people] == 20).all()


# -- what residents do themselves -------------------------------------------------------------------------------------


def test_volunteers_put_small_things_right_on_their_day_and_see_others() -> None:
    records = run("layers", "volunteers")
    done = did(records, "VolunteerDays", "put right")
    cases = records["cases"].set_index("case_id").loc[numbers(done["subject"])]
    assert len(cases) >= 15
    assert (cases["severity_seen"] == 1).all()
    assert set(cases["category"]) <= {"environment", "street_order"}
    assert (cases["dispatched_at"] == MISSING).all()
    assert {at % (7 * 86_400) for at in done["at"]} == {5 * 86_400 + 9 * 3_600}
    days = did(records, "VolunteerDays", "volunteers")
    spent = done.groupby("at")["amount"].sum()
    assert (spent <= days.set_index("at")["amount"].loc[spent.index] * 3_600).all()
    assert records["reports"]["by"].astype(str).str.startswith("volunteer-").sum() >= 5
    model = built("layers", "volunteers")
    assert the(model, VolunteerDays).enrolled[model.population.age_band == 0].sum() == 0


def test_a_point_lies_in_the_circle_of_its_home() -> None:
    council, model = scenario("layers", "three_councils").participation.councils.levels[0], built()  # type: ignore[union-attr]
    circles, homes = Circles(model.city, council.model_copy(update={"coverage": 1.0})), model.city.communities[0].homes
    for home in range(0, len(homes), 97):
        circle = circles.of_point(0, *homes[home].tolist())
        assert circle is not None
        assert home in model.population.household[circles.people(model.population, 0, circle)]


def test_contacts_tell_of_their_own_buildings_alone() -> None:
    records = run("building_contacts", settings=("participation.contacts.sees=1", "participation.contacts.reports=1"))
    told = did(records, "ContactsInBuildings", "told")
    assert len(told) > 50
    assert records["reports"]["by"].astype(str).str.startswith("contact-building").sum() == len(told)
    delays = [measure(each, ["discovery_delay_median"])["discovery_delay_median"] for each in (run(), records)]
    assert delays[1] < delays[0]
    assert not len(did(run("building_contacts", settings=("participation.contacts.coverage=0",)), "ContactsInBuildings", "told"))


def test_the_pact_prevents_exactly_what_its_keepers_would_cause() -> None:
    records, model = run("neighbour_pact"), built("neighbour_pact")
    pact, issues = the(model, PactOfNeighbours), records["issues"]
    homes = model.city.communities[0].neighbours
    cause = homes.query(issues[["x", "y"]].to_numpy())[1]
    conduct = issues["category"].isin(["environment", "noise", "parking"]) & (issues["severity"] <= 2)
    kept = conduct & np.array([pact.keeps(int(home)) for home in cause])
    assert ((issues["found_by"] == "prevented") == kept).all()
    assert kept[conduct].mean() == pytest.approx(0.85 * 0.6, abs=0.12)
    issue = issue_of(model.world, 0, 0)
    assert pact.prevents(issue) == bool(kept.iloc[0])


def test_organisations_settle_cases_in_their_own_queue() -> None:
    many = ("participation.organisations.per_10000=40",)
    records = run("social_organisations", settings=many)
    spells = records["services"].query("station == 'organisations_c001' and outcome == 'done'")
    cases = records["cases"].set_index("case_id").loc[spells["case_id"]]
    assert len(cases) >= 8
    assert (cases["department"] == "organisations_c001").all()
    assert (cases["dispatched_at"] == MISSING).all()
    assert set(spells["server"]) <= {f"organisations_c001-{n}" for n in range(1, 6)}
    assert not check_records(records)


def test_experts_shorten_waiting_within_their_hours() -> None:
    plain, helped = run()["cases"], run("community_partners")["cases"]
    assert helped["wait_other_s"].sum() < plain["wait_other_s"].sum()
    none = run("community_partners", settings=("participation.partners.hours=0.001",))
    pd.testing.assert_frame_equal(none["cases"], plain)


def test_projects_need_supporters_and_money() -> None:
    done = did(run("crowd_projects"), "ResidentProjects", "project")
    assert 1 <= len(done) <= 3
    poor = ("participation.projects.fund=7000", "participation.projects.costs=5000")
    assert len(did(run("crowd_projects", settings=poor), "ResidentProjects", "project")) == 1
    alone = ("participation.projects.needed=10000",)
    assert not len(did(run("crowd_projects", settings=alone), "ResidentProjects", "project"))
    fixed = did(run("crowd_projects"), "ResidentProjects", "done")
    issues = run("crowd_projects")["issues"].set_index("issue_id").loc[numbers(fixed["subject"])]
    assert issues["fixed_at"].tolist() == fixed["at"].tolist()


def test_wishes_are_granted_as_far_as_fund_and_hands_go() -> None:
    records = run("micro_wishes", settings=("participation.wishes.fund=5", "participation.wishes.waits=5 d"))
    assert len(did(records, "SmallWishes", "granted")) <= 10
    calls = did(records, "SmallWishes", "wishes")["amount"]
    assert len(calls) == 2
    answers = len(did(records, "SmallWishes", "granted")) + len(did(records, "SmallWishes", "given up"))
    assert answers == calls.sum()
    assert measure(records, ["wishes_granted_share"])["wishes_granted_share"] == pytest.approx(5 / calls.iloc[1])


def test_what_is_called_for_most_is_served_one_class_earlier() -> None:
    records = run("hotline_top3")
    top = did(records, "MostCalledFor", "top")
    assert len(top) == 3
    late = records["cases"][records["cases"]["established_at"] > 31 * 86_400].set_index("case_id")
    plain = run()["cases"].set_index("case_id").reindex(late.index)
    same = late["severity_seen"] == plain["severity_seen"]
    earlier = (plain["priority"] - late["priority"])[same & (plain["priority"] > 1)]
    mine = late["category"].isin(set(top["subject"]))[earlier.index]
    assert mine.sum() >= 5
    assert earlier[mine].mode().tolist() == [1]
    assert earlier[~mine].mode().tolist() == [0]


def test_the_new_columns_stand_at_the_end_of_the_residents() -> None:
    residents = run(*COUNCIL)["residents"]
    assert list(residents)[-4:] == ["tenant", "layer", "points", "attended"]
    assert residents["attended"].sum() == did(run(*COUNCIL), "ResidentCouncils", "meeting")["amount"].sum()
    assert set(lived(LONG)["residents"]["layer"]) == {""}
    lot = uniforms(0, "tenure", at=np.arange(3))
    assert (town().residents.tenants, len(lot)) == (0.177, 3)
