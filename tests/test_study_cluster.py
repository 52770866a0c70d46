"""Studies on Dask: the same files as on one machine, workers that die, sites that refuse, and what cannot be used."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

import run
from experiments.cluster import opening
from experiments.cluster.running import run_on_cluster
from experiments.cluster.target import Target, read_target
from experiments.cluster.time_limit import TookTooLong, cut_after
from experiments.procedures import libraries
from experiments.study.identity import Code, code_in_force
from experiments.study.index import DONE, read_rows
from experiments.study.worker_check import unfit_reason
from sim.messages import BadInput
from tests.cluster_work import unfit, work
from tests.study_file import carry_out, study_text, write_study

ROOT = Path(__file__).resolve().parent.parent
JOBS = "queue: normal\ncores: 2\nmemory: 2 GB\nwalltime: 90 min\naccount: lab\noptions: ['--constraint=fast']\n"
OF_THIS_START = {"index.sqlite", "index.sqlite-shm", "index.sqlite-wal", "lock", "manifest.json"}
"""They tell times and processes; rows of the index are compared without them."""

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL and a shell"),
    pytest.mark.xdist_group("cluster"),
]
pytest.importorskip("distributed", reason="the extra cluster is not installed")


def store(folder: Path) -> dict[str, bytes]:
    """Every file of a study's folder that does not tell of its start."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name not in OF_THIS_START}  # fmt: skip


def test_a_study_on_a_cluster_leaves_the_same_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_study(tmp_path, study_text(more="replications: 1\nkeep: cases\nbudget: {run: 5 min}"))
    assert carry_out(path, tmp_path / "pool", workers=2) == 0
    alone = capsys.readouterr().out
    assert run.main(["study", str(path), "--out", str(tmp_path / "dask"), "--cluster", "local:2", "--no-report"]) == 0
    assert capsys.readouterr().out == alone.replace("pool", "dask")
    one, two = store(tmp_path / "pool/tried"), store(tmp_path / "dask/tried")
    assert len([name for name in one if name.startswith("runs/indicators/")]) == 4
    assert one == two
    rows = [[replace(row, seconds=None, memory_mb=None) for row in read_rows(tmp_path / where / "tried/index.sqlite")]
            for where in ("pool", "dask")]  # fmt: skip
    assert rows[0] == rows[1]
    assert {row.status for row in rows[0]} == {DONE}


def test_tasks_that_fail_are_rows_and_workers_that_die_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tasks = [(str(tmp_path), number) for number in (2, 17, 13, 19, 23, 3)]
    heard: list[int] = []
    found = run_on_cluster(Target(local=2), work, tasks, lambda done: heard.append(done.task[1]), limit_s=4)
    assert [done.value for done in found] == [4, 289, None, None, None, 9]
    assert sorted(heard) == [2, 3, 13, 17, 19, 23]
    assert "ValueError: unlucky" in found[2].error
    assert found[3].bad_input
    assert "longer than allowed" in found[4].error
    assert "1 workers of the cluster died; " in capsys.readouterr().err


def test_a_scheduler_elsewhere_is_used_by_its_address_and_misfits_are_refused(tmp_path: Path) -> None:
    from distributed import LocalCluster

    tasks = [(str(tmp_path), number) for number in (2, 3)]
    with LocalCluster(n_workers=1, threads_per_worker=2, dashboard_address=None) as cluster:
        target = read_target(cluster.scheduler_address)
        assert target == Target(address=cluster.scheduler_address)
        assert [done.value for done in run_on_cluster(target, work, tasks)] == [4, 9]
        with pytest.raises(BadInput, match="a worker cannot be used: node7 has other code: numpy was 1, is 2"):
            run_on_cluster(target, work, tasks, unfit=unfit)
    code = code_in_force()
    (tmp_path / "study.yaml").write_text("")
    assert unfit_reason(tmp_path, code) == ""
    assert "numpy was 1, is" in unfit_reason(tmp_path, Code(code.source, {**code.libraries, "numpy": "1"}))
    assert "does not see" in unfit_reason(tmp_path / "elsewhere", code)


def test_an_address_where_nobody_answers_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "CONNECT_S", 0.5)
    with pytest.raises(BadInput, match=r"nobody answers at tcp://127\.0\.0\.1:9;"):
        run_on_cluster(Target(address="tcp://127.0.0.1:9"), work, [("", 2)])


def test_jobs_of_a_site_run_the_same_tasks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A queue of one line: sbatch starts the job script at once, scancel ends it."""
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    started = f"cp $1 {tmp_path}/job.sh; setsid bash {tmp_path}/job.sh >{tmp_path}/job.log 2>&1 &"
    script(bin_folder / "sbatch", f'{started} echo "Submitted batch job $!"')
    script(bin_folder / "scancel", 'for job in "$@"; do kill -TERM -- "-$job"; done')
    monkeypatch.setenv("PATH", f"{bin_folder}:{os.environ['PATH']}")
    (tmp_path / "site.yaml").write_text(f"{JOBS}interface: lo\nbefore: ['export TRIED=1']\n".replace("cores: 2", "cores: 1"))
    tasks = [(str(tmp_path), number) for number in (2, 3, 4)]
    found = run_on_cluster(read_target(f"slurm:{tmp_path / 'site.yaml'}"), work, tasks)
    assert [done.value for done in found] == [4, 9, 16]
    job = (tmp_path / "job.sh").read_text()
    for line in ("#SBATCH -p normal", "#SBATCH -A lab", "#SBATCH -t 01:30:00", "#SBATCH --constraint=fast", "export TRIED=1",
                 f"export PYTHONPATH={ROOT}"):  # fmt: skip
        assert line in job, line
    assert "--nthreads 1" in job


def script(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/bash\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_a_site_that_refuses_jobs_or_is_none_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "site.yaml").write_text(JOBS)
    target = read_target(f"slurm:{tmp_path / 'site.yaml'}")
    with pytest.raises(BadInput, match=r"the jobs cannot be asked for: .*sbatch"):
        run_on_cluster(target, work, [("", 2)])
    script(tmp_path / "sbatch", "echo 'invalid partition specified: normal' >&2; exit 1")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(BadInput, match=r"the jobs cannot be asked for: .*invalid partition"):
        run_on_cluster(target, work, [("", 2)])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("queue", "que"), "1:1: que: unknown key; allowed keys: queue, cores, memory, walltime, jobs"),
        (("queue", "que"), "queue: missing; add queue: (queue (partition) of the site)"),
        (("cores: 2", "cores: 0"), "site.yaml:2:8: cores: 0 "),
        (("2 GB", "2 G"), "site.yaml:3:9: memory: '2 G' is no memory"),
        (("90 min", "90"), "site.yaml:4:11: walltime: "),
    ],
)
def test_every_fault_of_a_site_file_is_told_with_its_place(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    path = tmp_path / "site.yaml"
    path.write_text(JOBS.replace(*change))
    with pytest.raises(BadInput) as refused:
        read_target(f"slurm:{path}")
    assert told in str(refused.value)


def test_what_is_no_cluster_is_one_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for word in ("cloud", "local:0", "local:many", "tcp://nowhere", "slurm", "http://host:8786"):
        assert run.main(["study", "00_small", "--cluster", word, "--dry-run"]) == 2
        assert f"--cluster: {word!r} is no cluster; write local, local:4" in capsys.readouterr().err
    assert run.main(["study", "00_small", "--cluster", "local", "--workers", "3", "--dry-run"]) == 2
    assert "with --cluster write local:3" in capsys.readouterr().err
    assert run.main(["study", "00_small", "--cluster", "local:3", "--dry-run"]) == 0
    assert " on 3 processes" in capsys.readouterr().out

    def missing(module: str) -> None:
        raise ModuleNotFoundError(name=module)

    monkeypatch.setattr(libraries.importlib, "import_module", missing)
    with pytest.raises(BadInput, match=r'needs the library distributed; install it: make setup \(or pip install "distributed>='):
        libraries.library("distributed")


def test_workers_never_hear_ctrl_c_and_the_study_hears_it_late() -> None:
    """A worker that replaces a dead one is deaf, too, and a Ctrl-C while they start is not lost."""
    heard: list[int] = []
    before = signal.signal(signal.SIGINT, lambda *_: heard.append(1))
    try:
        with opening.deaf_children():
            os.kill(os.getpid(), signal.SIGINT)
            assert signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])
        assert heard == [1]
        assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])
    finally:
        signal.signal(signal.SIGINT, before)
    with opening.opened(Target(local=1)) as client:
        first = client.submit(os.getpid, pure=False).result()
        assert _is_deaf(first)
        os.kill(first, signal.SIGKILL)
        second = client.submit(os.getpid, pure=False).result(timeout=60)
        assert second != first
        assert _is_deaf(second)


def _is_deaf(process: int) -> bool:
    """Whether a process (of Linux) blocks SIGINT in its main thread."""
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        pytest.skip("needs /proc")
    blocked = next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("SigBlk"))
    return bool(int(blocked, 16) >> (signal.SIGINT - 1) & 1)


def test_a_limit_of_time_hits_its_own_work_only() -> None:
    begun = time.monotonic()
    with pytest.raises(TookTooLong), cut_after(0.2):
        _spin(until=begun + 30)
    assert time.monotonic() < begun + 20
    with cut_after(0.05):
        done = sum(range(10))
    end = time.monotonic() + 0.3
    while time.monotonic() < end:
        done += 0
    assert done == 45
    with cut_after(None):
        assert done == 45


def _spin(until: float) -> None:
    while time.monotonic() < until:
        pass


def test_ctrl_c_keeps_what_is_done_on_a_cluster(tmp_path: Path) -> None:
    write_study(tmp_path, study_text(more="replications: 20"))
    command = [sys.executable, str(ROOT / "run.py"), "study", str(tmp_path / "tried.yaml"), "--out", str(tmp_path / "out"),
               "--cluster", "local:1"]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, start_new_session=True, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                               preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))  # fmt: skip
    runs = tmp_path / "out/tried/runs/indicators"
    end = time.monotonic() + 120
    while not runs.exists() or len(list(runs.glob("*.parquet"))) < 3:
        assert time.monotonic() < end, "no run came"
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in errors, "neither the study nor a worker, which never hears Ctrl-C"
    assert "interrupted; " in errors
    assert len(read_rows(tmp_path / "out/tried/index.sqlite")) + 1 >= 3
