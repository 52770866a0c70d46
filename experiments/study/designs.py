"""Rows of a design: which level each axis has, and its place from 0 to 1 where the design has one."""

from __future__ import annotations

import itertools
import math
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from experiments.procedures.libraries import library
from experiments.study import design_kinds as kinds
from experiments.study.axes import Axis, Level
from sim.messages import BadInput, say

MOST_DIMENSIONS = 21_201
"""Dimensions for which direction numbers of the Sobol sequence are known."""


@dataclass(frozen=True)
class Row:
    """One combination: a level for each axis, None where it stays as in the baseline; `cube`: places from 0 to 1."""

    levels: tuple[Level | None, ...]
    cube: tuple[float, ...] = ()


def size_of(design: object, axes: Sequence[Axis], listed: int = 0) -> int:
    """How many rows a design has, without making them. `listed`: rows of a table."""
    count = len(axes)
    match design:
        case kinds.OneAtATime():
            return sum(len(axis.grid()) for axis in axes)
        case kinds.FullFactorial() | kinds.SpreadFactorial():
            return math.prod(axis.range.levels if axis.range else len(axis.levels) for axis in axes)
        case kinds.Morris(trajectories=trajectories):
            return trajectories * (count + 1)
        case kinds.Saltelli(samples=samples):
            return samples * (count + 2)
        case kinds.Table():
            return listed
        case kinds.Search(size=size, generations=generations):
            return listed + size * generations
    return design.samples  # type: ignore[attr-defined]


def rows_of(design: object, axes: Sequence[Axis]) -> Iterator[Row]:
    """The rows of any design but a table; none of a search, which asks for them one generation after another.

    Raises BadInput where a library is missing that it needs.
    """
    match design:
        case kinds.OneAtATime():
            yield from _one_at_a_time(axes)
        case kinds.FullFactorial() | kinds.SpreadFactorial():
            yield from (Row(levels) for levels in itertools.product(*(axis.grid() for axis in axes)))
        case kinds.Search():
            return
        case _:
            for place in cube_of(design, len(axes)):
                levels = tuple(axis.at(share) for axis, share in zip(axes, place, strict=True))
                yield Row(levels, tuple(float(share) for share in place))


def _one_at_a_time(axes: Sequence[Axis]) -> Iterator[Row]:
    for number, axis in enumerate(axes):
        for level in axis.grid():
            yield Row((*[None] * number, level, *[None] * (len(axes) - number - 1)))


def cube_of(design: object, dimensions: int) -> np.ndarray:
    """Points of a design in the unit cube, a row a point."""
    match design:
        case kinds.LatinHypercube(samples=samples, seed=seed) | kinds.SpreadHypercube(samples=samples, seed=seed):
            from scipy.stats import qmc

            return qmc.LatinHypercube(dimensions, rng=seed).random(samples)
        case kinds.SobolSequence(samples=samples, seed=seed) | kinds.SpreadSobol(samples=samples, seed=seed):
            return _sobol(dimensions, samples, seed)
        case kinds.Saltelli(samples=samples, seed=seed):
            return _saltelli(dimensions, samples, seed)
        case kinds.Morris():
            return _morris(design, dimensions)
    raise TypeError(f"{design!r} has no points in a cube")


def _sobol(dimensions: int, samples: int, seed: int) -> np.ndarray:
    from scipy.stats import qmc

    if dimensions > MOST_DIMENSIONS:
        raise BadInput(say("a Sobol sequence has at most {most} dimensions", most=MOST_DIMENSIONS))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # the study's page says what a number that is no power of two costs
        return qmc.Sobol(dimensions, scramble=True, rng=seed).random(samples)


def _saltelli(dimensions: int, samples: int, seed: int) -> np.ndarray:
    """For each row in turn: A, A with column i of B for every i, B. The order of SALib without second order."""
    both = _sobol(2 * dimensions, samples, seed)
    a, b = both[:, :dimensions], both[:, dimensions:]
    mixed = np.repeat(a[:, None, :], dimensions, axis=1)
    for number in range(dimensions):
        mixed[:, number, number] = b[:, number]
    return np.concatenate([a[:, None, :], mixed, b[:, None, :]], axis=1).reshape(-1, dimensions)


def _morris(design: kinds.Morris, dimensions: int) -> np.ndarray:
    sampler = library("SALib.sample.morris")
    names = [str(number) for number in range(dimensions)]
    problem = {"num_vars": dimensions, "names": names, "bounds": [[0.0, 1.0]] * dimensions}
    found = sampler.sample(problem, design.trajectories, num_levels=design.levels, seed=design.seed)
    return np.asarray(found, dtype=float)
