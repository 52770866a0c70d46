"""Goods in three tiers: what lies where and grows old, and how it comes to the place where it is needed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sim.mechanisms.emergencies.part import Part
from sim.mechanisms.emergencies.roads import Roads
from sim.mechanisms.emergencies.site import Job, Site
from sim.mechanisms.emergencies.stores import Batch, Store
from sim.scenario.emergencies.stock import Goods, Tiers
from sim.streams import Luck
from sim.units import DAY, HOUR

LOAD = 50
"""Persons to whom one helper hands goods out in one go (assumed)."""
BATCHES = 4
"""Batches of different age in a store at the start (assumed: quarterly refills)."""


@dataclass(frozen=True)
class Order:
    """So much of a kind for a site, since when it is waited for, and the stores that may still be asked."""

    site: Site
    kind: str
    amount: float
    since: int
    ask: tuple[Store, ...]


class StockAndDelivery(Part):
    """The stores of communities, subdistricts and the district, kept up or not, and their vans."""

    def __init__(self, model: Any, plan: Any, number: int) -> None:
        super().__init__(model, plan, number)
        self.above: Tiers | None = model.scenario.emergencies.tiers
        self.roads = Roads(model.city)
        self.keeps = {kind: goods.keeps.seconds for kind, goods in plan.kinds.items()}
        self.stores = {name: self._store(name, tier, days) for name, tier, days in self._tiers()}
        self._trips = 0

    def _tiers(self) -> list[tuple[str, str, float]]:
        """Name, tier and person-days of each kind that a store is to hold."""
        city, plan, above = self.model.city, self.plan, self.above
        persons = city.residents_per_community
        rows = [(c.name, "community", persons * plan.coverage * plan.days) for c in city.communities]
        if above is None:
            return rows
        for name in sorted({c.subdistrict for c in city.communities}):
            members = sum(c.subdistrict == name for c in city.communities)
            rows.append((name, "subdistrict", above.subdistrict * persons * members))
        return [*rows, ("district", "district", above.district * persons * len(city.communities))]

    def _store(self, name: str, tier: str, days: float) -> Store:
        luck = Luck(self.model.world.seed)
        kinds, above = self.plan.kinds, self.above
        held = self.plan.held if tier == "community" or above is None else above.held
        batches = {kind: self._batches(luck.uniform("stock", name, kind), kinds[kind], days) for kind in held}
        return Store(name, tier, batches, dict.fromkeys(held, days), self.plan.vans)

    def _batches(self, luck: float, goods: Goods, days: float) -> list[Batch]:
        """A share that is out of date, and the rest in batches of different age."""
        fresh = days * (1 - self.plan.expired) / BATCHES
        ages = [(round((place + luck) / BATCHES * goods.keeps.seconds), fresh) for place in range(BATCHES)]
        return [(0, days * self.plan.expired), *ages]

    # -- keeping up ---------------------------------------------------------------------------------------------------

    def begins(self) -> None:
        self.every(self.plan.check.seconds, self._checks)
        self.every(self.plan.refill.seconds, self._refills)
        for reserve in self._norms():
            self.at(reserve.plan.starts.seconds, self._refills)  # the first purchase

    def _norms(self) -> list[NormForStores]:
        return [part for part in self.parts if isinstance(part, NormForStores)]

    def _kept_up(self) -> list[Store]:
        """Stores that are checked and refilled: those above the communities, those under a norm, and those that comply."""
        under_norm = {name: targets for norm in self._norms() for name, targets in norm.targets().items()}
        for name, targets in under_norm.items():
            self.stores[name].targets = targets
        return [store for store in self.stores.values()
                if store.tier != "community" or store.name in under_norm
                or Luck(0).uniform("complies", store.name) < self.plan.complies]  # fmt: skip

    def _checks(self) -> None:
        now = self.model.env.now
        for store in self._kept_up():
            lay = sum(store.nominal(kind) for kind in store.batches)
            self.book.note(store.name, "stock_checked", now, lay)
            self.book.note(store.name, "expired", now, store.check(now))

    def _refills(self) -> None:
        now = self.model.env.now
        for store in self._kept_up():
            self.book.note(store.name, "refilled", now, store.refill(now, self.keeps))

    # -- an emergency -------------------------------------------------------------------------------------------------

    def informed(self, site: Site) -> None:
        if site.hazard.affected and self.in_force(site.community.index):
            self._asks_for_a_day(site, site.emergency.at)

    def _asks_for_a_day(self, site: Site, since: int) -> None:
        """What the affected need for the day (or what is left of it) that began at `since`; then the next day."""
        if not site.open:
            return
        now, length = self.model.env.now, site.hazard.length
        end = site.emergency.at + length.seconds if length is not None else since + DAY
        persons = site.hazard.affected * self.model.city.residents_per_community
        amount = persons * min(1.0, (end - since) / DAY)
        for kind in site.hazard.needs if amount > 0 else ():
            self.book.write(site, "material_demand", now, amount, kind)
            self._orders(Order(site, kind, amount, since, ()))
        site.at(max(now + 1, since + DAY), partial(self._asks_for_a_day, site, since + DAY))

    def _orders(self, order: Order) -> None:
        """Ask the stores: with a map all that show something, at once; without, one after the other by what is written."""
        stores = self._by_way(order.site)
        resource_map = next((part for part in self.parts if isinstance(part, MapOfStores)), None)
        if resource_map is None or not resource_map.in_force(order.site.community.index):
            site = order.site.community
            own = (site.name, site.subdistrict, "district")
            there = [self.stores[name] for name in own if name in self.stores]
            ask = tuple(store for store in there if store.written.get(order.kind, 0.0) > 0)
            self._next(replace(order, ask=ask))
            return
        shown = [(store, store.shown(order.kind, resource_map.drawn_at())) for store in stores]
        left = order.amount
        for place, (store, amount) in enumerate(shown):
            part = min(amount, left)
            if part > 0:
                others = tuple(other for other, there in shown[place + 1 :] if there > 0)
                self._next(replace(order, amount=part, ask=(store, *others)))
                left -= part
        if left > 0:
            self._next(replace(order, amount=left))

    def _by_way(self, site: Site) -> list[Store]:
        return sorted(self.stores.values(), key=lambda store: (self._metres(store, site), store.name))

    def _metres(self, store: Store, site: Site) -> float:
        return self.roads.metres(store.name, site.community.name, site.spot)

    def _next(self, order: Order) -> None:
        """Load a van at the next store to be asked; if none is left, the need stays unmet."""
        now = self.model.env.now
        if not order.ask:
            self.book.write(order.site, "unmet", now, order.amount, order.kind)
            return
        store = order.ask[0]
        van, free_at = store.van(now)
        self._trips += 1
        loaded = free_at + self.plan.load.draw(self.luck("load", order.site.emergency.name, self._trips))
        store.vans[van] = loaded
        order.site.at(loaded, partial(self._loads, replace(order, ask=order.ask[1:]), store, van))

    def _loads(self, order: Order, store: Store, van: int) -> None:
        now = self.model.env.now
        taken = store.take(order.kind, order.amount, now)
        if taken > 0:
            way = round(self._metres(store, order.site) / (self.plan.speed / 3.6))
            store.vans[van] = max(store.vans[van], now + 2 * way)
            order.site.at(now + way, partial(self._arrives, order, store, taken))
        else:
            self.book.write(order.site, "wrong_store", now, order.amount, store.name)
        if order.amount - taken > 1e-9:
            self._next(replace(order, amount=order.amount - taken))

    def _arrives(self, order: Order, store: Store, amount: float) -> None:
        now = self.model.env.now
        self.book.write(order.site, "material_delivered", now, amount, order.kind)
        self.book.write(order.site, "delivery", now, float(now - max(order.since, order.site.informed_at)), store.name)
        persons = [LOAD] * int(amount // LOAD) + ([amount % LOAD] if amount % LOAD else [])
        order.site.wants([
            Job(max(1, round(each * self.plan.hand_out.seconds)), partial(self._handed_out, order, each))
            for each in persons
        ])  # fmt: skip

    def _handed_out(self, order: Order, persons: float, now: int) -> None:
        self.book.write(order.site, "handed_out", now, persons, order.kind)
        self.book.write(order.site, "waited", now, persons * (now - order.since) / HOUR, order.kind)


class NormForStores(Part):
    """What the stores of communities in which the norm is in force are to hold."""

    def targets(self) -> dict[str, dict[str, float]]:
        """Person-days of each kind, by store."""
        city, plan = self.model.city, self.plan
        each: float = city.residents_per_community * plan.coverage * plan.days
        targets: dict[str, float] = dict.fromkeys(plan.kinds, each)
        return {c.name: targets for c in city.communities if self.in_force(c.index)}


class MapOfStores(Part):
    """A map of all stores, a little old."""

    def drawn_at(self) -> int:
        """When what it shows now was true."""
        now, period = self.model.env.now, self.plan.refresh.seconds
        return now // period * period if period else now
