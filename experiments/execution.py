"""Many tasks on one machine: in this process, or on worker processes of which one may die without harm to the rest."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass
from multiprocessing.context import BaseContext
from typing import Any, Generic, TypeVar

from experiments.machine import cores
from sim.messages import BadInput, language, say, speak

Task = TypeVar("Task")
Value = TypeVar("Value")

TASKS_PER_WORKER = 200
"""A worker is replaced after so many tasks: rarely, because a new one imports everything anew."""
PRELOADED = ["experiments.replication"]


@dataclass(frozen=True)
class Done(Generic[Task, Value]):
    """One task and what became of it: a value, or the reason why there is none."""

    task: Task
    value: Value | None
    error: str = ""
    """empty: it worked"""
    bad_input: bool = False
    """the error is the user's, and its text says what to do"""


def run_many(
    work: Callable[[Task], Value],
    tasks: Sequence[Task],
    workers: int,
    report: Callable[[Done[Task, Value]], None] = lambda done: None,
    limit_s: float | None = None,
) -> list[Done[Task, Value]]:
    """`work` on every task, results in the order of the tasks; `report` hears of each as it is done.

    With one worker and no limit everything happens in this process. Else `work` must be a function of a module, and tasks
    and values must pickle. A task that raises, whose worker dies, or that takes more than `limit_s` seconds is one failed
    row. KeyboardInterrupt stops all workers and passes on.
    """
    if workers < 1:
        raise ValueError(f"{workers} workers cannot do anything")
    if not tasks:
        return []
    if limit_s is None and (workers == 1 or len(tasks) < 2):
        return [_reported(_attempt(work, task), report) for task in tasks]
    found: dict[int, Done[Task, Value]] = {}
    for index, done in _on_pool(work, tasks, min(workers, len(tasks)), limit_s):
        found[index] = _reported(done, report)
    return [found[index] for index in range(len(tasks))]


def _reported(done: Done[Task, Value], report: Callable[[Done[Task, Value]], None]) -> Done[Task, Value]:
    report(done)
    return done


def _attempt(work: Callable[[Task], Value], task: Task) -> Done[Task, Value]:
    try:
        return Done(task, work(task))
    except Exception as error:
        return failed_row(task, error)


def _on_pool(
    work: Callable[[Task], Value], tasks: Sequence[Task], workers: int, limit_s: float | None
) -> Iterator[tuple[int, Done[Task, Value]]]:
    from pebble import ProcessPool

    pool = ProcessPool(workers, TASKS_PER_WORKER, _begin, (language(),), context=process_context())
    try:
        futures = {pool.schedule(work, args=[task], timeout=limit_s): i for i, task in enumerate(tasks)}
        for future in as_completed(futures):
            index = futures[future]
            error = future.exception()
            done = Done(tasks[index], future.result()) if error is None else failed_row(tasks[index], error)
            yield index, done
        pool.close()
    finally:
        pool.stop()
        pool.join()


def _begin(tongue: str) -> None:
    # Ctrl-C reaches every process of the terminal; only the one that the user started may act on it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    speak(tongue)


def begin_early(workers: int | None = None, also: Sequence[str] = (), limited: bool = False) -> None:
    """Let the imports of the workers, and of the modules `also`, begin while this process still prepares its tasks.

    Nothing for one worker, unless its runs are `limited` in time; none given: as many as there are cores.
    """
    if limited or (workers or cores()) > 1:
        _context(also)


def process_context() -> BaseContext:
    """A way to start processes that copies no threads: forkserver where there is one, else spawn.

    It is named here because importing Mesa changes the default of the whole process.
    """
    context = _context()
    if context.get_start_method() == "forkserver" and threading.current_thread() is threading.main_thread():
        _await_server(context)
    return context


def _context(also: Sequence[str] = ()) -> BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*PRELOADED, *also])
    if threading.current_thread() is threading.main_thread():
        _start_server()
    return context


def _start_server() -> None:
    """Start the fork server while Ctrl-C is ignored: what it starts ignores it from the first moment."""
    from multiprocessing.forkserver import ensure_running

    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        ensure_running()
    finally:
        signal.signal(signal.SIGINT, before)


def _await_server(context: BaseContext) -> None:
    """Wait, here where Ctrl-C can break it off, until the server has imported what it will hand on."""
    first = context.Process(target=_nothing)  # type: ignore[attr-defined]
    first.start()
    first.join()


def _nothing() -> None:
    """What the first process does."""


def failed_row(task: Task, error: BaseException) -> Done[Task, Any]:
    """The row of a task that ended with an exception."""
    if isinstance(error, BadInput):
        return Done(task, None, str(error), bad_input=True)
    return Done(task, None, _in_words(error))


def _in_words(error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return say("stopped: it took longer than allowed")
    code = getattr(error, "exitcode", None)
    if code is not None:
        return say("its process died (exit code {code})", code=code)
    return f"{type(error).__name__}: {error}{_place(error)}"


def _place(error: BaseException) -> str:
    """File and line where it was raised, so that the row can be looked into without running it again."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None or "multiprocessing" in trace.tb_frame.f_code.co_filename:
        return ""
    return f" ({trace.tb_frame.f_code.co_filename}:{trace.tb_lineno})"
