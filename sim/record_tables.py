"""What each table of a run holds: one row type a table, one line a column, with its unit and its meaning."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

MISSING = int(np.iinfo(np.int64).min)
"""The value of a time that never came; NULL in Parquet."""

KINDS = {
    "id": np.int64,
    "time": np.int64,
    "seconds": np.int64,
    "count": np.int64,
    "number": np.float64,
    "flag": np.bool_,
    "text": object,
}
"""What a column holds. `time`: whole seconds since the scenario's start, or MISSING. `id`: whole number, -1 for none."""


@dataclass(frozen=True)
class Column:
    """One column of a table: its kind (a key of KINDS), its unit ("" for none) and what it means."""

    name: str
    kind: str
    unit: str
    meaning: str


def _columns(lines: str) -> tuple[Column, ...]:
    rows = [[part.strip() for part in line.split("|")] for line in lines.strip().splitlines()]
    return tuple(Column(*row) for row in rows)


ISSUES = _columns("""
issue_id        | id      |   | number of the issue in its world, the same under every policy
community       | text    |   | community where it lies
grid            | text    |   | grid where it lies
x               | number  | m | metres east of the city's corner
y               | number  | m | metres north of the city's corner
category        | text    |   | category code
severity        | count   | 1..3 | severity at onset
onset           | time    | s | when it began
worsened_at     | time    | s | when its severity rose, if it did while live
resolved_itself_at | time | s | when it went away without anybody, if it did while live
found_by        | text    |   | channel family of the first finder: resident, patrol, sensor, or empty
found_at        | time    | s | when the first finder met it
resident_at     | time    | s | when the first resident would hand in a report
patrol_at       | time    | s | when a patrol really met it live
sensor_at       | time    | s | when the first sensor would raise an alarm that somebody reads
fixed_at        | time    | s | when the thing itself was put right
case_ids        | count   | cases | how many cases were opened on it
reports         | count   | reports | how many reports came in on it
exposure_s      | seconds | s | time it was live inside the run
""")

REPORTS = _columns("""
report_id       | id      |   | running number in order of arrival
issue_id        | id      |   | the issue reported; -1 for a false alarm
case_id         | id      |   | the case it opened or joined; -1 if none
channel         | text    |   | hotline, app, grid_worker, community_desk, council, box, patrol, sensor, log
by              | text    |   | who reported: resident number, worker or device
at              | time    | s | when it was handed in
merged          | flag    |   | recognised as a further report of a case that is open
effort_s        | seconds | s | staff effort that receiving it cost
""")

CASES = _columns("""
case_id         | id      |   | issue number x 100 + opening number; false alarms and duplicates likewise unique
issue_id        | id      |   | the issue it is about; -1 for a false alarm
repeat_of       | id      |   | earlier case of the same issue; -1 if none
merged_into     | id      |   | the open case it was recognised as a duplicate of; -1 if none
outcome         | text    |   | closed, rejected, merged, voided, withdrawn, self_handled, not_found, open
channel         | text    |   | channel of the report that opened it
category        | text    |   | category code, as classified at the end
severity_seen   | count   | 1..3 | severity as the institution last saw it
priority        | count   | class | priority class at closure; 1 is served first
grid            | text    |   | grid
community       | text    |   | community
subdistrict     | text    |   | subdistrict
district        | text    |   | district
level           | text    |   | level that last owned it: grid, community, subdistrict, district, city
department      | text    |   | unit that last handled it
server          | text    |   | crew or grid worker that last handled it
reported_at     | time    | s | report handed in
verified_at     | time    | s | seen on site before establishment (核实), public reports only
established_at  | time    | s | accepted (立案)
dispatched_at   | time    | s | sent to the unit that finally handled it (派遣)
first_response_at | time  | s | first work by anybody on site or at the owner's desk
arrived_at      | time    | s | handler on site, first attempt
handling_started_at | time | s | first handling work began
handled_at      | time    | s | last handling work ended (处置)
fed_back_at     | time    | s | department passed the result back (反馈): the handling clock stops
checked_at      | time    | s | last check on site (核查)
closed_at       | time    | s | closed (结案): the closure clock stops
evaluated_at    | time    | s | resident called back and scored (评价)
verification_due | time   | s | limit of verification
establishment_due | time  | s | limit of establishment
dispatch_due    | time    | s | limit of dispatch
handling_due    | time    | s | limit of handling
check_due       | time    | s | limit of the check
closure_due     | time    | s | limit of closure
limit_type      | text    |   | urgent_hour, natural_day, work_hour, work_day, or none
overdue_raw     | flag    |   | fed back after its handling limit, or still open past it at the end
overdue_assessed | flag   |   | the same after granted extensions
returns         | count   | times | sent back as misrouted (回退)
referrals       | count   | times | refused by one claimant and sent to the next (推诿)
reworks         | count   | times | failed the check and handled again (返工)
extensions      | count   | times | limit extended (延期)
deferred_s      | seconds | s | time with both clocks paused (缓办)
escalations     | count   | times | raised one level
supervised      | flag    |   | put under supervision (督办)
forced_close    | flag    |   | closed although the check had failed (强制结案)
truly_fixed     | flag    |   | the issue was right when the case closed
satisfaction    | number  | 0..100 | score given at call-back; NaN if not called or no answer
touches         | count   | persons | how often somebody worked on it
wait_capacity_s | seconds | s | queueing while the station was open: nobody free
wait_closed_s   | seconds | s | queueing or suspended while the station was closed
wait_other_s    | seconds | s | waiting for others: materials, meetings, papers in the tray
work_s          | seconds | s | hands-on work
travel_s        | seconds | s | travel to the place
cost            | number  | yuan | staff cost of work and travel
""")

EVENTS = _columns("""
case_id         | id      |   | case
seq             | count   |   | running number inside the case
event           | text    |   | one of EVENT_NAMES
at              | time    | s | when
level           | text    |   | level where it happened
unit            | text    |   | unit where it happened
actor           | text    |   | crew, worker, resident, device or desk
attempt         | count   |   | attempt at handling, from 1
detail          | text    |   | what else is needed to read the line
""")

EVENT_NAMES = (
    "report", "verify", "establish", "reject", "merge", "dispatch", "review", "return", "refer", "meeting",
    "escalate", "supervise", "extend", "defer", "resume", "arrive", "handle_start", "handle", "self_handle",
    "feedback", "check", "rework", "force_close", "close", "not_found", "void", "withdraw", "evaluate",
)  # fmt: skip
"""Every event name. The journal refuses any other, and any event before the previous one of its case."""

SERVICES = _columns("""
case_id         | id      |   | case; -1 for a duty without a case
attempt         | count   |   | attempt at handling, from 1
activity        | text    |   | report, verify, establish, review, dispatch, handle, feedback, check, close, intake; options add their own
station         | text    |   | where
server          | text    |   | who
queued_at       | time    | s | joined the queue
started_at      | time    | s | work began; MISSING if it left the queue unserved
ended_at        | time    | s | work ended or was broken off
work_s          | seconds | s | seconds of hands-on work and travel inside the spell
outcome         | text    |   | done, pre-empted, suspended, overdue (left the queue at its limit), withdrawn, cut (by the end of the run)
""")

STAFF = _columns("""
worker          | text    |   | grid worker or crew
station         | text    |   | team or department
day             | count   | day | civil day since the start
shift_s         | seconds | s | seconds on shift
emergency_s     | seconds | s | on emergencies
handling_s      | seconds | s | handling cases
checking_s      | seconds | s | verifying, checking, reporting and desk work
travel_s        | seconds | s | on the way to cases
paperwork_s     | seconds | s | paperwork quota worked off
patrol_s        | seconds | s | walking the round
idle_s          | seconds | s | on shift without work
overtime_s      | seconds | s | at work outside the shift
cases           | count   | cases | spells of case work ended that day
floor_s         | seconds | s | patrol floor owed that day
""")

UNITS = _columns("""
unit            | text    |   | grid, community, subdistrict, desk, team or department
kind            | text    |   | grid or station
day             | count   | day | civil day since the start
arrivals        | count   | cases | cases established in the grid, or tasks that joined the station
departures      | count   | cases | cases closed, or tasks done
backlog         | count   | cases | open at the end of the day
overdue         | count   | cases | open and past the handling limit at the end of the day
""")

RESIDENTS = _columns("""
resident        | id      |   | number of the resident
community       | text    |   | community
grid            | text    |   | grid
age_band        | text    |   | age band
trust           | number  | 0..1 | trust at the end
satisfaction    | number  | 0..100 | mean score given; NaN if never called back
contacts        | count   | reports | reports handed in
tenant          | flag    |   | lives in a rented home
layer           | text    |   | ordinary, active or core; empty where nobody takes part
points          | number  | points | points at the end
attended        | count   | occasions | meetings and volunteer hours to which the resident came
""")

MONEY = _columns("""
kind            | text    |   | pay, overtime, devices, upkeep, meetings, materials, projects, purchase, training
unit            | text    |   | who spends
month           | count   | month | month since the start, from 0
amount          | number  | yuan | amount
""")

DECISIONS = _columns("""
at              | time    | s | when
policy          | text    |   | decision point and policy
case_id         | id      |   | case; -1 where the view names none
view            | text    |   | what the policy was shown
answer          | text    |   | what was decided
""")

GOVERNANCE = _columns("""
at              | time    | s | when
mechanism       | text    |   | mechanism that did it
event           | text    |   | what happened
unit            | text    |   | unit where it happened
subject         | text    |   | to whom or what
amount          | number  |   | how much of it, in the unit of the event
""")

EMERGENCIES = _columns("""
emergency       | text    |   | emergency, storm-1; empty for what happens without one
kind            | text    |   | class of the emergency
unit            | text    |   | community, or store
event           | text    |   | one of EMERGENCY_EVENTS
at              | time    | s | when
amount          | number  |   | alarm, steps, persons, person-days of goods, or seconds, as the event says
detail          | text    |   | level, kind of goods, store, steps, or number of the issue
""")

EMERGENCY_EVENTS = (
    "strikes", "warning", "community_informed", "plan_ready", "first_response", "worker_on_site", "mobilised",
    "force_called", "lane_blocked", "force_on_site", "force_done", "mode_called", "mode_on", "mode_off", "must_leave",
    "evacuated", "material_demand", "wrong_store", "delivery", "material_delivered", "unmet", "handed_out", "waited",
    "surge_issue", "prevented", "drill", "stock_checked", "expired", "refilled", "pool_called", "over", "reviewed",
)  # fmt: skip
"""Every event of an emergency. `amount` is seconds from the order in delivery, seconds lost in lane_blocked, person-hours
in waited, unknown steps in plan_ready, learnt ones in reviewed, otherwise persons or person-days."""

TABLES: dict[str, tuple[Column, ...]] = {
    "issues": ISSUES,
    "reports": REPORTS,
    "cases": CASES,
    "events": EVENTS,
    "services": SERVICES,
    "staff": STAFF,
    "units": UNITS,
    "residents": RESIDENTS,
    "money": MONEY,
    "decisions": DECISIONS,
    "governance": GOVERNANCE,
    "emergencies": EMERGENCIES,
}
