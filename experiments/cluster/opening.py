"""A target made ready: a Dask client with its scheduler, and everything closed again whatever happens."""

from __future__ import annotations

import logging
import signal
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from multiprocessing import resource_tracker
from typing import Any

from experiments.cluster.slurm import Slurm
from experiments.cluster.target import Target
from experiments.machine import ROOT
from experiments.procedures.libraries import library
from sim.messages import BadInput, say

CONNECT_S = 20.0
FIRST_WORKER_S = 60.0
_LOOK_EVERY_S = 15.0
_SILENT = logging.CRITICAL + 1
_LOGGERS = ("distributed", "dask_jobqueue", "tornado.application", "asyncio")
"""They tell at length what is told here in one line: workers that died are counted, refusals are raised."""


@contextmanager
def opened(target: Target) -> Iterator[Any]:
    """A client whose scheduler has at least one worker. Raises BadInput where nobody answers or no worker comes."""
    distributed = library("distributed")
    for name in _LOGGERS:
        logging.getLogger(name).setLevel(_SILENT)
    with ExitStack() as stack, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        place = target.address or stack.enter_context(_cluster(target, distributed))
        client = stack.enter_context(_client(distributed, place))
        _await_worker(client, target)
        yield client


def _cluster(target: Target, distributed: Any) -> Any:
    if target.slurm is not None:
        return slurm_cluster(target.slurm)
    with deaf_children():
        return distributed.LocalCluster(
            n_workers=target.local, threads_per_worker=1, memory_limit=0, dashboard_address=None, silence_logs=_SILENT
        )


@contextmanager
def deaf_children() -> Iterator[None]:
    """Processes started by threads that begin in here never hear Ctrl-C, nor do those that replace them later.

    It reaches every process of the terminal, and only the one that the user started may act on it. Here it waits until
    the end of the `with`. Where a system cannot block signals nothing is done.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # else it starts in a thread of ours, and opens that thread's ears again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def slurm_cluster(wish: Slurm) -> Any:
    """The jobs of a SLURM site, asked for. Raises BadInput where the site refuses them."""
    jobqueue = library("dask_jobqueue")
    path = f"export PYTHONPATH={ROOT}${{PYTHONPATH:+:$PYTHONPATH}}"
    cluster = jobqueue.SLURMCluster(
        queue=wish.queue, cores=wish.cores, processes=wish.cores, memory=wish.memory.replace(" ", ""),
        walltime=wish.clock, account=wish.account, interface=wish.interface, python=sys.executable,
        job_extra_directives=list(wish.options), job_script_prologue=[*wish.before, path],
        scheduler_options={"dashboard_address": None}, silence_logs=_SILENT, log_directory=None,
    )  # fmt: skip
    try:
        cluster.scale(jobs=wish.jobs)
        cluster.sync(_submitted, cluster)
    except (OSError, RuntimeError) as error:
        cluster.close()
        why = " ".join(line.strip() for line in str(error).splitlines() if line.strip())
        raise BadInput(say("--cluster: the jobs cannot be asked for: {why}", why=why)) from error
    return cluster


async def _submitted(cluster: Any) -> None:
    await cluster
    waiting = [job for job in cluster.workers.values() if job.job_id is None]
    try:
        for job in waiting:  # what sbatch complained of was only logged: asking again raises it
            await job.start()
    except (OSError, RuntimeError):
        for job in waiting:
            job.status = library("distributed").Status.closed  # else closing the cluster stumbles over them
        raise


def _client(distributed: Any, place: Any) -> Any:
    try:
        return distributed.Client(place, timeout=CONNECT_S)
    except (OSError, TimeoutError) as error:
        raise BadInput(
            say("--cluster: nobody answers at {address}; start a scheduler there (dask scheduler), or write local",
                address=place)
        ) from error  # fmt: skip


def _await_worker(client: Any, target: Target) -> None:
    """Wait for the first worker: a queue may let a job wait for hours, a scheduler without workers is a mistake."""
    begun = time.monotonic()
    while not client.nthreads():
        waited = time.monotonic() - begun
        if target.slurm is None and waited > FIRST_WORKER_S:
            raise BadInput(say("--cluster: {address} has no workers; start some there (dask worker {address} --nthreads 1)",
                               address=target.address or "local"))  # fmt: skip
        if waited > _LOOK_EVERY_S:
            print(say("waiting for the first worker of the cluster"), file=sys.stderr)
        try:
            client.wait_for_workers(1, timeout=_LOOK_EVERY_S)
        except TimeoutError:
            continue
