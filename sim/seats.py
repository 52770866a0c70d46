"""The seats of a station: somebody comes to an empty one, leaves it, or serves a further lane."""

from __future__ import annotations

from sim.bench import Bench
from sim.server import Server
from sim.task import Task


class Seats(Bench):
    """A bench whose people change while it works."""

    lanes_of: dict[int, list[int]]
    """Lanes that each server serves, by the server's number."""

    def join(self, task: Task) -> None:
        """Start the task at once if a server may, else put it into its queue."""
        raise NotImplementedError

    def _wake(self, server: Server, now: int) -> None:
        """See to it that a server looks at the queue when its hours begin."""
        raise NotImplementedError

    def arrives(self, server: Server) -> None:
        """Somebody has come to a server's empty seat: it looks at the queue now, or when its hours begin."""
        if server.calendar.is_open(self.env.now):
            self.offer(server)
        if server.task is None:
            self._wake(server, self.env.now)

    def serves_also(self, server: Server, lane: int) -> None:
        """From now on a server of the station serves a further lane, too."""
        if server not in self.lanes[lane]:
            self.lanes[lane].append(server)
            self.lanes_of[server.number].append(lane)

    def departs(self, server: Server) -> None:
        """Nobody sits there from now on: what is bound to the server goes back to the queue's head.

        So does work in hand, unless the station's people finish what they have begun.
        """
        task = server.task
        if task is not None and not self._overtime and not task.on_call and task.ends_at > self.env.now:
            self._pre_empt(server, self.env.now, "suspended")
        while server.held:
            task = server.held.pop()
            task.head = True
            self.join(task)
