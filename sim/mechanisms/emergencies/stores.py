"""A store: batches of goods with the day on which they are out of date, its vans, and what was last written down of it."""

from __future__ import annotations

from collections.abc import Mapping

Batch = tuple[int, float]
"""Second from which it is out of date, person-days."""


class Store:
    """Goods in one place. Amounts are person-days."""

    def __init__(self, name: str, tier: str, batches: Mapping[str, list[Batch]], targets: Mapping[str, float], vans: int) -> None:
        self.name, self.tier = name, tier
        self.batches = {kind: sorted(rows) for kind, rows in batches.items()}
        self.targets = dict(targets)
        self.vans = [0] * vans
        self.history: list[tuple[int, dict[str, tuple[Batch, ...]]]] = []
        self.changed(0)
        self.written = {kind: self.nominal(kind) for kind in self.batches}

    def changed(self, now: int) -> None:
        """Remember what lies here from now on, for a map that is a little old."""
        self.history.append((now, {kind: tuple(rows) for kind, rows in self.batches.items()}))

    def nominal(self, kind: str) -> float:
        """All of a kind, what is out of date included."""
        return sum(amount for _, amount in self.batches.get(kind, ()))

    def usable(self, kind: str, now: int) -> float:
        """What of a kind is in date."""
        return sum(amount for expires, amount in self.batches.get(kind, ()) if expires > now)

    def shown(self, kind: str, at: int) -> float:
        """What a map drawn at an earlier second shows as usable then."""
        rows = next((rows for since, rows in reversed(self.history) if since <= at), self.history[0][1])
        return sum(amount for expires, amount in rows.get(kind, ()) if expires > at)

    def take(self, kind: str, wanted: float, now: int) -> float:
        """Take out what is in date, the oldest first; returns how much there was of what was wanted."""
        taken, left = 0.0, []
        for expires, amount in self.batches.get(kind, []):
            part = min(amount, wanted - taken) if expires > now else 0.0
            taken += part
            if amount > part:
                left.append((expires, amount - part))
        self.batches[kind] = left
        self.changed(now)
        return taken

    def check(self, now: int) -> float:
        """Throw out what is out of date and write down the rest; returns how much was thrown out."""
        out = sum(amount for rows in self.batches.values() for expires, amount in rows if expires <= now)
        self.batches = {kind: [row for row in rows if row[0] > now] for kind, rows in self.batches.items()}
        self.written = {kind: self.nominal(kind) for kind in self.batches}
        self.changed(now)
        return out

    def refill(self, now: int, keeps: Mapping[str, int]) -> float:
        """Fill every kind up with fresh goods; returns how much came in."""
        came = 0.0
        for kind, target in self.targets.items():
            short = target - self.nominal(kind)
            if short > 0:
                self.batches[kind] = sorted([*self.batches.get(kind, ()), (now + keeps[kind], short)])
                self.written[kind] = self.nominal(kind)
                came += short
        self.changed(now)
        return came

    def van(self, now: int) -> tuple[int, int]:
        """The van that is free first, and when it is."""
        number = min(range(len(self.vans)), key=lambda each: (self.vans[each], each))
        return number, max(now, self.vans[number])
