"""A mission: somebody lays down what is in hand, goes to the place and stays there. Who is sent is known by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sim.server import Server
from sim.station import Station
from sim.task import Task

ACTIVITY = "emergency"


def at_hand(station: Station, servers: Iterable[Server], now: int) -> list[Server]:
    """Those on duty, or at home until the next shift; not who is on leave, whose seat is empty, or who is on an emergency."""
    opens = station.calendar.next_open(now)
    return [s for s in servers if s.calendar.next_open(now) == opens and not (s.task is not None and s.task.urgent)]


def send(station: Station, server: Server, travel: int, stay: int, back: Callable[[], object]) -> int:
    """Send somebody now, off duty too; `back` hears of the end. Returns the second of the arrival."""
    mission = Task(station.env, None, ACTIVITY, travel + stay, station.lanes_of[server.number][0])
    mission.travel, mission.urgent, mission.on_call = travel, True, True
    station.interrupt(server)
    station.begin(server, mission)
    mission.callbacks.append(lambda _: back())
    return station.env.now + travel
