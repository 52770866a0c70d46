"""Working time against a naive reading of the same intervals, one second at a time; civil time against `zoneinfo`."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
import zoneinfo

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sim.calendars import ALWAYS, FAR, Calendar, CivilTime, Holidays, compile_calendar, national_holidays
from sim.records import MISSING
from sim.units import DAY, HOUR

LO, HI = -20, 60
OFFICE = {day: [(8 * HOUR, 12 * HOUR), (14 * HOUR, 18 * HOUR)] for day in range(5)}
WORKDAY = 8 * HOUR

instants = st.integers(LO - 5, HI + 5)
works = st.integers(0, HI - LO + 10)
spell = st.tuples(st.integers(LO - 3, HI + 3), st.integers(0, 15)).map(lambda p: (p[0], p[0] + p[1]))
spells = st.lists(spell, max_size=8)
calendars = spells.map(lambda pairs: Calendar(pairs, LO, HI))
ZONES = ["Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe", "Africa/Casablanca"]
civils = st.builds(CivilTime, st.dates(dt.date(2000, 1, 1), dt.date(2035, 1, 1)), st.sampled_from(ZONES))
hour_pairs = st.tuples(st.integers(0, 23), st.integers(0, 24)).map(lambda p: (p[0] * HOUR, p[1] * HOUR))
week_hours = st.dictionaries(st.integers(0, 6), st.lists(hour_pairs, max_size=3), min_size=1)
day_sets = st.sets(st.integers(-1, 9), max_size=3)
relaxed = settings(deadline=None)  # the first look at a zone takes tens of milliseconds


def open_seconds(pairs: list[tuple[int, int]]) -> list[int]:
    """Naive: every second of [LO, HI) that some pair covers."""
    return [t for t in range(LO, HI) if any(start <= t < end for start, end in pairs)]


@relaxed
@given(spells, instants)
def test_open_and_next_against_every_second(pairs: list[tuple[int, int]], t: int) -> None:
    calendar, seconds = Calendar(pairs, LO, HI), open_seconds(pairs)
    assert calendar.is_open(t) == (t in seconds)
    assert calendar.next_open(t) == min((s for s in seconds if s >= t), default=FAR)
    assert calendar.next_close(t) == next(s for s in range(t, HI + 99) if s not in seconds)
    assert calendar.open_seconds == len(seconds)
    assert (np.diff(calendar.intervals.ravel()) > 0).all()


@relaxed
@given(spells, instants, works)
@example([(0, 5), (10, 15)], 0, 5)
@example([(0, 5), (5, 9)], 2, 4)
@example([(0, 5)], 5, 1)
def test_add_work_against_every_second(pairs: list[tuple[int, int]], t: int, w: int) -> None:
    ahead = [s for s in open_seconds(pairs) if s >= t]
    expected = t if w == 0 else ahead[w - 1] + 1 if w <= len(ahead) else FAR
    assert Calendar(pairs, LO, HI).add_work(t, w) == expected


@relaxed
@given(spells, instants, works)
def test_work_before_against_every_second(pairs: list[tuple[int, int]], t: int, w: int) -> None:
    behind = [s for s in open_seconds(pairs) if s < t]
    expected = t if w == 0 else behind[-w] if w <= len(behind) else -FAR
    assert Calendar(pairs, LO, HI).work_before(t, w) == expected


@relaxed
@given(spells, instants, instants)
def test_work_between_against_every_second(pairs: list[tuple[int, int]], a: int, b: int) -> None:
    calendar = Calendar(pairs, LO, HI)
    assert calendar.work_between(a, b) == sum(a <= s < b for s in open_seconds(pairs)) - sum(
        b <= s < a for s in open_seconds(pairs)
    )


@relaxed
@given(calendars, instants, works, works)
def test_work_adds_up_and_inverts(calendar: Calendar, t: int, w: int, more: int) -> None:
    end = calendar.add_work(t, w)
    if end < FAR:
        assert end >= t
        assert calendar.work_between(t, end) == w
        assert calendar.add_work(end, more) == calendar.add_work(t, w + more) or more == 0
        assert calendar.work_between(calendar.work_before(end, w), end) == w
    else:
        assert calendar.work_between(t, FAR) < w


@relaxed
@given(calendars, st.lists(st.tuples(instants, works, instants), min_size=1))
def test_columns_equal_scalars(calendar: Calendar, rows: list[tuple[int, int, int]]) -> None:
    t, w, b = (np.array(column) for column in zip(*rows, strict=True))
    assert calendar.add_work_many(t, w).tolist() == [calendar.add_work(*row[:2]) for row in rows]
    assert calendar.work_between_many(t, b).tolist() == [calendar.work_between(row[0], row[2]) for row in rows]
    assert calendar.add_work_many(t, 3).tolist() == [calendar.add_work(row[0], 3) for row in rows]


@relaxed
@given(calendars)
def test_columns_keep_missing(calendar: Calendar) -> None:
    assert calendar.add_work_many([MISSING, 0, 0], [1, MISSING, 0]).tolist() == [MISSING, MISSING, 0]
    assert calendar.work_between_many([MISSING, 0, 5], [1, MISSING, 5]).tolist() == [MISSING, MISSING, 0]


@relaxed
@given(spells, spells)
def test_minus_removes_every_second(pairs: list[tuple[int, int]], holes: list[tuple[int, int]]) -> None:
    left = set(open_seconds(pairs)) - set(open_seconds(holes))
    calendar = Calendar(pairs, LO, HI).minus(holes)
    assert {t for t in range(LO - 5, HI + 5) if calendar.is_open(t)} == left
    assert calendar.open_seconds == len(left)


def test_answers_are_plain_ints() -> None:
    calendar = Calendar(np.array([[0, 5], [10, 15]]), LO, HI)
    answers = [calendar.next_open(7), calendar.next_close(2), calendar.add_work(0, 7), calendar.work_between(1, 12)]
    assert answers == [10, 5, 12, 6]
    assert all(type(answer) is int for answer in [*answers, calendar.open_seconds, calendar.longest_shift])


def test_zero_work_in_closed_time_stays() -> None:
    calendar = Calendar([(0, 5), (10, 15)], LO, HI)
    assert [calendar.add_work(t, 0) for t in (-3, 5, 7, 15, 40)] == [-3, 5, 7, 15, 40]


def test_boundaries() -> None:
    calendar = Calendar([(0, 5), (10, 15)], LO, HI)
    assert (calendar.is_open(0), calendar.is_open(5)) == (True, False)
    assert (calendar.add_work(0, 5), calendar.add_work(0, 6), calendar.add_work(5, 1)) == (5, 11, 11)
    assert (calendar.next_open(5), calendar.next_open(15), calendar.next_close(5)) == (10, FAR, 5)
    assert (calendar.add_work(0, 11), calendar.add_work(FAR, 1), calendar.next_open(FAR)) == (FAR, FAR, FAR)
    assert (calendar.work_before(15, 5), calendar.work_before(15, 6)) == (10, 4)
    assert (calendar.longest_shift, Calendar([], 0, 9).longest_shift) == (5, 0)


def test_negative_work_and_reversed_intervals_are_refused() -> None:
    calendar = Calendar([(0, 5)], LO, HI)
    for call in (calendar.add_work, calendar.work_before, calendar.add_work_many):
        with pytest.raises(ValueError, match="negative"):
            call(0, -1)
    with pytest.raises(ValueError, match="ends before"):
        calendar.minus([(5, 3)])


def test_calendars_survive_copying_and_pickling() -> None:
    calendar = Calendar([(0, 5), (10, 15)], LO, HI)
    for twin in (copy.deepcopy(calendar), pickle.loads(pickle.dumps(calendar))):
        assert twin.add_work(3, 4) == 12


@relaxed
@given(st.integers(-(10**9), 10**9), st.integers(0, 10**9), st.integers(-(10**9), 10**9))
def test_always_is_the_continuous_clock(t: int, w: int, b: int) -> None:
    assert ALWAYS.is_open(t)
    assert ALWAYS.next_open(t) == t
    assert ALWAYS.add_work(t, w) == t + w == ALWAYS.add_work_many([t], [w])[0]
    assert ALWAYS.work_between(t, b) == b - t == ALWAYS.work_between_many([t], [b])[0]
    assert ALWAYS.work_before(t, w) == t - w
    assert not ALWAYS.minus([(t, t + 1)]).is_open(t)


def test_always_ends_where_its_interval_ends() -> None:
    plain = Calendar(ALWAYS.intervals, ALWAYS.lo, ALWAYS.hi)
    for t, w in [(2**59, 1), (2**59 - 1, 1), (2**59 - 1, 2), (-(2**59) - 5, 3), (-(2**59), 2**60)]:
        assert ALWAYS.add_work(t, w) == plain.add_work(t, w)
        assert ALWAYS.work_between(t, t + w) == plain.work_between(t, t + w)
    with pytest.raises(ValueError, match="negative"):
        ALWAYS.add_work(0, -1)


# Civil time


@relaxed
@given(civils, st.integers(-400 * DAY, 800 * DAY))
def test_wall_clock_is_that_of_zoneinfo(civil: CivilTime, seconds: int) -> None:
    tz = zoneinfo.ZoneInfo(civil.zone)
    midnight = dt.datetime.combine(civil.start, dt.time(), tz).astimezone(dt.UTC)
    expected = (midnight + dt.timedelta(seconds=seconds)).astimezone(tz)
    assert civil.local(seconds) == expected
    assert civil.local_columns([seconds])[0] == np.datetime64(expected.replace(tzinfo=None), "s")
    assert civil.date_of(civil.day_of(seconds)) == expected.date()
    if not expected.fold:
        assert civil.seconds_at(expected.date(), expected.hour, expected.minute, expected.second) == seconds


@relaxed
@given(civils, st.integers(-400, 800))
def test_days_start_at_local_midnight(civil: CivilTime, day: int) -> None:
    start, end = civil.day_starts(2, day).tolist()
    assert civil.local(start).replace(tzinfo=None) == dt.datetime.combine(civil.date_of(day), dt.time())
    assert (civil.day_of(start), civil.day_of(start - 1), civil.day_of(end - 1)) == (day, day - 1, day)
    assert civil.seconds_at(civil.date_of(day), 24) == end
    assert civil.day_starts(1).tolist() == [0]


def test_missing_times_have_no_wall_clock() -> None:
    for start in (dt.date(2025, 1, 6), dt.date(2025, 7, 1)):
        columns = CivilTime(start, "America/New_York").local_columns([MISSING, 0, DAY])
        assert columns.dtype == np.dtype("datetime64[s]")
        assert np.isnat(columns).tolist() == [True, False, False]


def test_skipped_and_repeated_hours_of_berlin() -> None:
    civil = CivilTime(dt.date(2025, 3, 30), "Europe/Berlin")
    spring = [civil.seconds_at(dt.date(2025, 3, 30), 1 + m // 60, m % 60) for m in (0, 59, 60, 90, 120, 121)]
    assert spring == [3600, 7140, 7200, 7200, 7200, 7260]
    civil = CivilTime(dt.date(2025, 10, 26), "Europe/Berlin")
    assert [civil.seconds_at(dt.date(2025, 10, 26), hour) for hour in (2, 3, 24)] == [2 * HOUR, 4 * HOUR, 25 * HOUR]


@pytest.mark.parametrize(
    ("zone", "words"), [("Asia/Shangai", "Asia/Shanghai"), ("Nope", "IANA"), ("", "IANA"), ("../x", "IANA")]
)
def test_unknown_zones_are_refused(zone: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        CivilTime(dt.date(2025, 1, 6), zone)


# Compilation


@settings(deadline=None, max_examples=40)
@given(civils, week_hours, st.integers(-300, 300), day_sets, day_sets)
@example(CivilTime(dt.date(2025, 3, 28), "Europe/Berlin"), {0: [(22 * HOUR, 6 * HOUR)]}, 0, set(), {1})
@example(CivilTime(dt.date(2025, 1, 6)), {6: [(0, HOUR)]}, 0, {-1, 6}, set())
def test_compiled_hours_against_the_wall_clock(
    civil: CivilTime, hours: dict[int, list[tuple[int, int]]], first: int, closed: set[int], make_up: set[int]
) -> None:
    """Every half hour's instant is open exactly when its wall clock lies in hours of its day or of the night before."""
    holidays = Holidays(*(frozenset(civil.date_of(first + day) for day in days) for days in (closed, make_up)))
    lo, hi = civil.day_starts(10, first)[[0, 9]].tolist()
    # In the hour that comes twice an interval reads its first passing, so the naive reading may differ there.
    instants = [t for t in range(lo, hi, HOUR // 2) if not _near_change(civil, t)]
    expected = [_open_on_the_wall(civil, hours, holidays, t) for t in instants]
    if any(expected):
        calendar = compile_calendar(civil, first, 9, hours, holidays)
        assert [calendar.is_open(t) for t in instants] == expected
        assert (calendar.lo, calendar.hi) == (lo, hi)
    elif not any(_near_change(civil, t) for t in range(lo, hi, HOUR)):
        with pytest.raises(ValueError, match="never open"):
            compile_calendar(civil, first, 9, hours, holidays)


def _near_change(civil: CivilTime, t: int) -> bool:
    return civil.local(t - 2 * HOUR).utcoffset() != civil.local(t + 2 * HOUR).utcoffset()


def _open_on_the_wall(civil: CivilTime, hours: dict[int, list[tuple[int, int]]], holidays: Holidays, t: int) -> bool:
    wall = civil.local(t)
    clock = wall.hour * HOUR + wall.minute * 60 + wall.second
    for date, now in ((wall.date(), clock), (wall.date() - dt.timedelta(days=1), clock + DAY)):
        row = 0 if date in holidays.make_up else None if date in holidays.closed else date.weekday()
        for start, end in hours.get(row, []) if row is not None else []:
            if start <= now < (end if end > start else end + DAY):
                return True
    return False


@pytest.mark.parametrize(
    ("zone", "start", "night_hours"),
    [("Europe/Berlin", "2025-03-29", 7), ("Europe/Berlin", "2025-10-25", 9), ("America/New_York", "2025-03-08", 7),
     ("America/New_York", "2025-11-01", 9), ("Asia/Shanghai", "2025-03-29", 8)],
)  # fmt: skip
def test_a_night_shift_over_a_change_is_an_hour_shorter_or_longer(zone: str, start: str, night_hours: int) -> None:
    civil = CivilTime(dt.date.fromisoformat(start), zone)
    night = {civil.start.weekday(): [(22 * HOUR, 6 * HOUR)]}
    calendar = compile_calendar(civil, 0, 3, night)
    assert calendar.intervals.tolist() == [[22 * HOUR, (22 + night_hours) * HOUR]]


def test_midnight_touching_and_whole_days_merge() -> None:
    civil = CivilTime(dt.date(2025, 1, 6))
    every = {day: [(0, 12 * HOUR), (12 * HOUR, 24 * HOUR)] for day in range(7)}
    assert compile_calendar(civil, -2, 7, every).intervals.tolist() == [[-2 * DAY, 5 * DAY]]
    assert compile_calendar(civil, 0, 2, {0: [(9 * HOUR, 9 * HOUR)]}).intervals.tolist() == [[9 * HOUR, 33 * HOUR]]


def test_a_shift_from_the_evening_before_counts_from_midnight() -> None:
    civil = CivilTime(dt.date(2025, 1, 6))
    assert compile_calendar(civil, 0, 1, {6: [(22 * HOUR, 6 * HOUR)]}).intervals.tolist() == [[0, 6 * HOUR]]


def test_never_open_and_impossible_hours_are_refused() -> None:
    civil = CivilTime(dt.date(2025, 1, 6))
    with pytest.raises(ValueError, match="never open from 2025-01-06 to 2025-01-10"):
        compile_calendar(civil, 0, 5, {6: [(0, HOUR)]})
    with pytest.raises(ValueError, match="never open"):
        compile_calendar(civil, 0, 5, {})
    for hours in ({7: [(0, HOUR)]}, {0: [(-1, HOUR)]}, {0: [(0, DAY + 1)]}, {0: [(DAY, HOUR)]}):
        with pytest.raises(ValueError, match="weekdays run from 0"):
            compile_calendar(civil, 0, 5, hours)


# Holidays


def test_three_working_days_after_the_eve_of_national_day_2026() -> None:
    civil = CivilTime(dt.date(2026, 1, 1))
    calendar = compile_calendar(civil, -10, 375, OFFICE, national_holidays("CN", [2025, 2026]))
    eve = civil.seconds_at(dt.date(2026, 9, 30), 18)
    assert civil.local(calendar.add_work(eve, 3 * WORKDAY)).isoformat() == "2026-10-10T18:00:00+08:00"


@pytest.mark.parametrize(("year", "workdays"), [(2024, 251), (2025, 248), (2026, 248)])
def test_working_days_of_china(year: int, workdays: int) -> None:
    """The State Council's notices: 2024 has 262 weekdays, 19 of them off, and 8 make-up days; 2025: 261 - 18 + 5."""
    civil = CivilTime(dt.date(year, 1, 1))
    n_days = (dt.date(year + 1, 1, 1) - civil.start).days
    calendar = compile_calendar(civil, 0, n_days, OFFICE, national_holidays("CN", [year]))
    assert calendar.open_seconds == workdays * WORKDAY


def test_a_make_up_day_has_mondays_hours_and_a_holiday_none() -> None:
    civil = CivilTime(dt.date(2025, 1, 6))
    hours = {0: [(9 * HOUR, 10 * HOUR)], 1: [(9 * HOUR, 12 * HOUR)]}
    holidays = Holidays(frozenset([dt.date(2025, 1, 7)]), frozenset([dt.date(2025, 1, 12)]))
    calendar = compile_calendar(civil, 0, 7, hours, holidays)
    assert calendar.intervals.tolist() == [[9 * HOUR, 10 * HOUR], [6 * DAY + 9 * HOUR, 6 * DAY + 10 * HOUR]]


def test_unknown_country_is_refused() -> None:
    with pytest.raises(ValueError, match="'XX'"):
        national_holidays("XX", [2025])
