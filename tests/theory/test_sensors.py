"""A sensor finds an issue after what is left of its sampling interval, plus a geometric number of intervals."""

from __future__ import annotations

import numpy as np

from tests.theory.agreement import Agreement
from tests.theory.runs import Stretch, each, found, stretches, textbook, worlds


def detection_law(every: int, sensitivity: float) -> np.ndarray:
    """P(delay = 0, 1, 2, ... s): residual uniform on 0 .. every - 1, plus (number of samples - 1) x every."""
    samples = int(np.ceil(np.log(1e-12) / np.log(1 - sensitivity)))
    weights = sensitivity * (1 - sensitivity) ** np.arange(samples)
    return np.repeat(weights / every, every)


def test_delay() -> None:
    scenario = textbook(overlay="sensors", days=12)
    device = scenario.sensing.devices[0]
    every, s = device.sampling.seconds, device.sensitivity
    runs = worlds(scenario)
    parts = stretches(runs, 1)
    law = detection_law(every, s)
    table = Agreement("delay of discovery by sensors")
    table.mean(
        "mean, s", (every - 1) / 2 + (1 - s) / s * every, each(parts, lambda part: found(part)["delay"].mean()), 0.1
    )
    variance = (every**2 - 1) / 12 + (1 - s) / s**2 * every**2
    table.mean("variance, s2", variance, each(parts, lambda part: found(part)["delay"].var()))
    first = each(parts, lambda part: (found(part)["delay"] < every).mean())
    table.mean("found by the first sample", s, first, 0.1)
    delays = np.concatenate([found(part)["delay"] for part in parts])
    table.law("delay", delays, lambda t: np.cumsum(law)[np.minimum(np.floor(t).astype(int), len(law) - 1)])
    table.check()
    assert all((run["issues"]["found_by"] == "sensor").all() for run in runs)


def test_latency_comes_on_top() -> None:
    scenario = textbook("sensing.devices.probe.latency={family: exponential, mean: 5 min}", overlay="sensors", days=8)
    device = scenario.sensing.devices[0]
    every, s = device.sampling.seconds, device.sensitivity
    parts = stretches(worlds(scenario), 1)
    table = Agreement("sensors with latency")
    mean = (every - 1) / 2 + (1 - s) / s * every + 300
    table.mean("mean delay, s", mean, each(parts, lambda part: found(part)["delay"].mean()))
    table.check()


def test_outages() -> None:
    """Seen by the first sample that finds the device up. Its state is a Markov chain from sample to sample."""
    up, down = 10 * 3600, 2 * 3600
    settings = ("sensitivity=1", "sampling=1 min", "up=10 h", "down=2 h", "full_coverage=60")
    scenario = textbook(*(f"sensing.devices.probe.{text}" for text in settings), overlay="sensors", days=16)
    parts = stretches(worlds(scenario))
    is_down = down / (up + down)
    comes_up = (1 - is_down) * (1 - np.exp(-60 * (1 / up + 1 / down)))
    table = Agreement("sensors with outages")
    late = each(parts, lambda part: (found(part)["delay"] >= 60).mean())
    table.mean("share of first samples missed", is_down, late)
    mean = 29.5 + is_down * 60 / comes_up
    table.mean("mean delay, s", mean, each(parts, lambda part: found(part)["delay"].mean()))
    table.check()


def test_unread_and_uncovered() -> None:
    """Half the issues are covered, and of the alarms on these three quarters are read."""
    settings = ("sensing.devices.probe.coverage=0.5", "sensing.devices.probe.read=0.75")
    scenario = textbook(*settings, overlay="sensors", days=8)
    parts = stretches(worlds(scenario), 1)

    def seen(part: Stretch) -> float:
        issues = part.run["issues"]
        began = (issues["onset"] >= part.first) & (issues["onset"] < part.last)
        return (issues[began]["found_by"] == "sensor").mean()

    table = Agreement("coverage and reading")
    table.mean("share of issues found", 0.375, each(parts, seen))
    table.check()


def test_false_alarms_are_poisson() -> None:
    """Twenty devices with a false alarm every second day each; the work they cause is real."""
    settings = ("issues.categories.job.rate=0", "sensing.devices.probe.false_alarms=182.5")
    scenario = textbook(*settings, overlay="sensors", days=100)
    runs = worlds(scenario, all_end=False)  # alarms go on when issues end
    parts = stretches(runs, 2)

    def alarms(part: Stretch) -> int:
        at = part.run["cases"]["reported_at"]
        return int(((at >= part.first) & (at < part.last)).sum())

    counts = np.array(each(parts, alarms))
    table = Agreement("false alarms in two days")
    table.mean("mean", 20.0, counts.tolist(), 0.1)
    table.mean("variance over mean", 1.0, ((counts - 20) ** 2 / 20).tolist(), 0.6)
    table.check()
    for run in runs:
        ended = run["cases"][run["cases"]["outcome"] != "open"]
        assert len(ended) > 0
        assert (ended["work_s"] > 0).all()
