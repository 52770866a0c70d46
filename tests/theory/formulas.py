"""Formulas of queueing theory. Times in seconds, rates a second; each names its source."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np


def erlang_c(servers: int, load: float) -> float:
    """Probability of waiting in M/M/c with `load` = arrival rate x mean service (Erlang 1917)."""
    top = load**servers / math.factorial(servers) * servers / (servers - load)
    return top / (sum(load**k / math.factorial(k) for k in range(servers)) + top)


def mmc_wait(servers: int, rate: float, service: float) -> float:
    """Mean wait in M/M/c."""
    return erlang_c(servers, rate * service) / (servers / service - rate)


def mmc_sojourn_beyond(servers: int, rate: float, service: float, t: np.ndarray) -> np.ndarray:
    """P(wait + service > t) in M/M/c, first come first served: service plus, if it waits, an exponential wait."""
    wait, mu, theta = erlang_c(servers, rate * service), 1 / service, servers / service - rate
    both = (theta * np.exp(-mu * t) - mu * np.exp(-theta * t)) / (theta - mu)
    return (1 - wait) * np.exp(-mu * t) + wait * both


def pollaczek_khinchine(rate: float, service: float, cv: float) -> float:
    """Mean wait in M/G/1."""
    return rate * service**2 * (1 + cv**2) / (2 * (1 - rate * service))


def cobham(rates: Sequence[float], services: Sequence[float], cvs: Sequence[float]) -> list[float]:
    """Mean wait of each class in M/G/1 with non-preemptive priorities, first class first (Cobham 1954)."""
    residual = sum(rate * s**2 * (1 + cv**2) / 2 for rate, s, cv in zip(rates, services, cvs, strict=True))
    loads = np.concatenate([[0.0], np.cumsum(np.multiply(rates, services))])
    return [residual / ((1 - loads[k]) * (1 - loads[k + 1])) for k in range(len(rates))]


def cobham_many_servers(servers: int, rates: Sequence[float], service: float) -> list[float]:
    """Mean wait of each class in M/M/c with non-preemptive priorities and one service rate (Cobham 1954)."""
    busy = erlang_c(servers, sum(rates) * service) * service / servers
    loads = np.concatenate([[0.0], np.cumsum(rates) * service / servers])
    return [busy / ((1 - loads[k]) * (1 - loads[k + 1])) for k in range(len(rates))]


def preemptive_resume(rates: Sequence[float], services: Sequence[float], cvs: Sequence[float]) -> list[float]:
    """Mean sojourn of each class in M/G/1 with preemptive-resume priorities (Kleinrock 1976, volume 2, 3.6)."""
    loads = np.concatenate([[0.0], np.cumsum(np.multiply(rates, services))])
    result = []
    for k, service in enumerate(services):
        residual = sum(rates[i] * services[i] ** 2 * (1 + cvs[i] ** 2) / 2 for i in range(k + 1))
        result.append(service / (1 - loads[k]) + residual / ((1 - loads[k]) * (1 - loads[k + 1])))
    return result


def mmc_number(servers: int, load: float) -> np.ndarray:
    """Stationary probabilities of 0, 1, 2, ... at M/M/c, up to where they vanish."""
    steps = load / np.minimum(np.arange(1, 2000), servers)
    weights = np.concatenate([[1.0], np.cumprod(steps)])
    return weights / weights.sum()


def continuous_polling(rate: float, round_s: float, service: float, cv: float) -> float:
    """Mean time until a walker on a ring comes to a job, which stands anywhere alike and takes `service` on the spot.

    rate E[B^2] / 2(1 - rho) + round / 2(1 - rho) (Fuhrmann and Cooper 1985; Coffman and Gilbert 1986).
    """
    load = rate * service
    return (rate * service**2 * (1 + cv**2) + round_s) / 2 / (1 - load)
