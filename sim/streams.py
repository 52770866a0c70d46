"""Named random streams: the seed of a draw comes from its name and the seed of the world, never from the order of calls.

Two kinds. `stream` gives a numpy generator for columns that every owner has (issue n takes the n-th number, so a longer
horizon leaves the past unchanged). `Luck` gives one uniform for one owner's one occasion, for what only some decisions
consume: adding a decision elsewhere moves nothing here.
"""

from __future__ import annotations

from hashlib import blake2b

import numpy as np

_SCALE = 2.0**-64


def stream(seed: int, *name: object) -> np.random.Generator:
    """A fresh generator (PCG64) for the stream of this name in the world of this seed."""
    digest = blake2b(_key(seed, name), digest_size=16).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest, "little")))


def _key(seed: int, name: tuple[object, ...]) -> bytes:
    return f"{seed}|{'|'.join(map(str, name))}".encode()


class Luck:
    """The luck of one world: a uniform for each (purpose, key), the same whenever and however often it is asked."""

    def __init__(self, seed: int) -> None:
        self._prefix = f"{seed}|"

    def uniform(self, *key: object) -> float:
        """A number in (0, 1) that belongs to this key alone."""
        digest = blake2b((self._prefix + "|".join(map(str, key))).encode(), digest_size=8).digest()
        return (int.from_bytes(digest, "little") + 0.5) * _SCALE

    def exponential(self, *key: object) -> float:
        """An exponential number with mean 1 that belongs to this key alone."""
        return -float(np.log(self.uniform(*key)))


_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def uniforms(seed: int, *name: object, at: np.ndarray) -> np.ndarray:
    """Uniforms in (0, 1) for the places `at` (int64, any shape) of the stream of this name.

    Place n of a stream always holds the same number, so any subset can be asked in any order: this is what lets a
    longer horizon, one more resident or one more category leave all other draws alone. The n-th number is the SplitMix64
    output function at counter n (Steele, Lea and Flood 2014), keyed by a hash of the name.
    """
    key = np.frombuffer(blake2b(_key(seed, name), digest_size=8).digest(), dtype=np.uint64)[0]
    with np.errstate(over="ignore"):
        z = key + at.astype(np.uint64) * _GOLDEN
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return ((z >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53
