"""Tasks on the workers of a cluster: the same function as on one machine, so the same results."""

from __future__ import annotations

import queue
import sys
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass
from typing import Any

from experiments.cluster.opening import opened
from experiments.cluster.target import Target
from experiments.cluster.time_limit import cut_after
from experiments.execution import Done, Task, Value, failed_row
from sim.messages import BadInput, language, say, speak

AHEAD = 1_000
"""Tasks that a scheduler has at a time: enough for any number of workers, and not a million futures here."""
_LOOK_EVERY_S = 30.0
_one_at_a_time = threading.Lock()
"""A worker with several threads still simulates one run at a time: runs share what a process remembers."""


@dataclass(frozen=True)
class Job:
    """What a worker is sent."""

    work: Callable[[Any], Any]
    task: Any
    tongue: str
    limit_s: float | None
    unfit: Callable[[], str] | None


@dataclass(frozen=True)
class Unfit:
    """A worker that must not work on this study, and why."""

    why: str


def on_worker(job: Job) -> Any:
    """What runs on a worker: the work, or why this worker may not do it."""
    with _one_at_a_time:
        speak(job.tongue)
        why = job.unfit() if job.unfit is not None else ""
        if why:
            return Unfit(why)
        with cut_after(job.limit_s):
            return job.work(job.task)


def run_on_cluster(
    target: Target,
    work: Callable[[Task], Value],
    tasks: Sequence[Task],
    report: Callable[[Done[Task, Value]], None] = lambda done: None,
    limit_s: float | None = None,
    unfit: Callable[[], str] | None = None,
) -> list[Done[Task, Value]]:
    """As `run_many`, on a cluster. `unfit` tells on a worker why it may not work; empty: it may.

    A task whose worker dies is tried again on another one, up to three times (Dask), and counted. Raises BadInput where
    the cluster cannot be used, or is lost.
    """
    found: dict[int, Done[Task, Value]] = {}
    with opened(target) as client:
        losses = Losses(client)
        for number, done in _gathered(client, [Job(work, task, language(), limit_s, unfit) for task in tasks]):
            found[number] = done
            report(done)
        losses.tell()
    return [found[number] for number in range(len(tasks))]


def _gathered(client: Any, jobs: Sequence[Job]):
    """Number and result of each job, as they are done."""
    ended: queue.SimpleQueue[Any] = queue.SimpleQueue()
    numbers: dict[Any, int] = {}
    ahead = iter(enumerate(jobs))

    def send() -> None:
        for number, job in ahead:
            future = client.submit(on_worker, job, pure=False, key=f"run-{number}")
            numbers[future.key] = number
            future.add_done_callback(ended.put)
            return

    for _ in range(AHEAD):
        send()
    for _ in jobs:
        future = _next(ended, client)
        send()
        number = numbers.pop(future.key)
        yield number, _done(jobs[number].task, future)
        future.release()  # a result that a dead worker held would be computed again


def _next(ended: queue.SimpleQueue[Any], client: Any) -> Any:
    while True:
        try:
            return ended.get(timeout=_LOOK_EVERY_S)
        except queue.Empty:
            if not client.nthreads():
                print(say("the cluster has no workers now; waiting for new ones"), file=sys.stderr)


def _done(task: Any, future: Any) -> Done[Any, Any]:
    try:
        value = future.result()
    except (CancelledError, OSError) as error:
        if isinstance(error, TimeoutError):
            return failed_row(task, error)
        raise BadInput(say("the connection to the cluster is lost; what is done is kept, and the same command goes on")) from error
    except Exception as error:
        if type(error).__name__ == "KilledWorker":
            return Done(task, None, say("its worker died, each time that it was tried"))
        if _is_strange(error):
            raise BadInput(_strangers(error)) from error
        return failed_row(task, error)
    if isinstance(value, Unfit):
        raise BadInput(say("--cluster: a worker cannot be used: {why}", why=value.why))
    return Done(task, value)


def _is_strange(error: Exception) -> bool:
    """Whether the task could not even be read there, for want of this project."""
    missing = isinstance(error, ModuleNotFoundError) and str(error.name).partition(".")[0] in ("experiments", "sim")
    return missing or (isinstance(error, RuntimeError) and "deserialization" in str(error))


def _strangers(error: Exception) -> str:
    return say("--cluster: scheduler or workers cannot import this project ({why}); start them with its folder on PYTHONPATH, "
               "with the same Python and libraries", why=str(error).splitlines()[0])  # fmt: skip


class Losses:
    """Counts workers that died, and the runs that went on elsewhere."""

    def __init__(self, client: Any) -> None:
        self._count: Counter[str] = Counter()
        client.subscribe_topic("all", self._hear)

    def _hear(self, event: tuple[float, Any]) -> None:
        said = event[1]
        if isinstance(said, dict) and said.get("action") == "remove-worker" and not said.get("expected", True):
            self._count["workers"] += 1
            self._count["runs"] += len(said.get("processing-tasks", ()))

    def tell(self) -> None:
        """Say it, if there were any."""
        if self._count["workers"]:
            print(say("{workers} workers of the cluster died; {runs} runs that they had begun or waited for were tried again",
                      workers=self._count["workers"], runs=self._count["runs"]), file=sys.stderr)  # fmt: skip
