"""Tasks on processes: order, failures that stay one row, a dead worker, Ctrl-C; progress, estimates, options."""

from __future__ import annotations

import argparse
import io
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from experiments import execution
from experiments.estimate import estimate, expected_cases, refuse_if_too_large, spoken_time, workers_that_pay
from experiments.execution import Done, run_many
from experiments.options import add_common, command_line, settings_of
from experiments.outside import decision_point
from experiments.progress import Progress
from scenarios.reading import read_scenario
from sim.messages import BadInput
from tests.pool_work import work

ROOT = Path(__file__).resolve().parent.parent
SHORT = ("time.horizon=20 d", "time.warm_up=2 d")


@pytest.fixture(autouse=True)
def _light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers of these tests need not import the model."""
    monkeypatch.setattr(execution, "PRELOADED", [])


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_tasks(workers: int) -> None:
    heard: list[int] = []
    found = run_many(work, [5, 3, 4], workers, lambda done: heard.append(done.task))
    assert [done.value for done in found] == [25, 9, 16]
    assert sorted(heard) == [3, 4, 5]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_task_that_fails_is_one_row(workers: int) -> None:
    found = run_many(work, [2, 13, 19, 3], workers)
    assert [done.value for done in found] == [4, None, None, 9]
    assert "ValueError: unlucky" in found[1].error
    assert not found[1].bad_input
    assert found[2].bad_input
    assert found[2].error == "policies.triage.name: no such policy"


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_worker_that_dies_takes_one_task_with_it() -> None:
    found = run_many(work, [2, 17, 3, 4, 5], 2)
    assert [done.value for done in found] == [4, None, 9, 16, 25]
    assert "died" in found[1].error
    assert "-9" in found[1].error


@pytest.mark.parametrize("workers", [1, 2])
def test_a_task_that_takes_too_long_is_stopped(workers: int) -> None:
    found = run_many(work, [2, 23], workers, limit_s=3)
    assert found[0].value == 4
    assert "longer than allowed" in found[1].error


def test_no_tasks_need_no_process() -> None:
    assert run_many(work, [], 4, limit_s=3) == []


def test_no_workers_are_refused() -> None:
    with pytest.raises(ValueError, match="0 workers"):
        run_many(work, [1], 0)


@pytest.mark.skipif(sys.platform == "win32", reason="needs process groups")
def test_ctrl_c_ends_everything_at_once_and_leaves_nothing(tmp_path: Path) -> None:
    script = tmp_path / "long_run.py"
    script.write_text(
        textwrap.dedent("""
        import sys, time
        from pathlib import Path
        from experiments import execution
        from experiments.staging import Staging

        def sleep(seconds):
            time.sleep(seconds)

        if __name__ == "__main__":
            execution.PRELOADED = []
            try:
                with Staging(Path(sys.argv[1])) as staging:
                    staging.folder("run")
                    execution.run_many(sleep, [0.01, 50, 50, 50], 2, lambda done: print("ready", flush=True))
            except KeyboardInterrupt:
                sys.exit(130)
        """)
    )
    out = tmp_path / "out"
    process = subprocess.Popen(
        [sys.executable, str(script), str(out)], env={**os.environ, "PYTHONPATH": str(ROOT)}, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job in the background ignores it, and so its children
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in errors
    assert os.listdir(out) == []


def test_progress_tells_the_time_left_in_plain_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 1000, 6))
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    stream = io.StringIO()
    with Progress("simulating", 3, expected_s=30, stream=stream) as progress:
        for _ in range(3):
            progress.step()
    lines = stream.getvalue().splitlines()
    assert lines[0] == "simulating: about 30 s"
    assert lines[1].startswith("simulating: 1 of 3 done, about ")
    assert lines[1].endswith(" left")


def test_progress_of_a_short_run_says_nothing() -> None:
    stream = io.StringIO()
    with Progress("simulating", 1, expected_s=1, stream=stream) as progress:
        progress.step()
    assert stream.getvalue() == ""


def test_the_estimate_follows_the_rates_of_the_scenario() -> None:
    year, short = read_scenario("baseline").scenario, read_scenario("baseline", SHORT).scenario
    sensors = expected_cases(short) / expected_cases(year)
    assert sensors == pytest.approx(20 / (year.time.horizon.seconds / 86_400), rel=0.01)
    one, two = (estimate([short], replications, 1, "all") for replications in (1, 2))
    assert two.seconds == pytest.approx(2 * one.seconds)
    assert two.memory_gb == pytest.approx(one.memory_gb)
    assert two.disk_mb == pytest.approx(2 * one.disk_mb)


def test_a_plan_that_needs_too_much_memory_is_refused_unless_the_user_insists() -> None:
    huge = read_scenario("baseline", ["places.subdistricts=400", "places.communities_per_subdistrict=20"]).scenario
    found = estimate([huge], 1, 1, "all")
    with pytest.raises(BadInput, match="--yes"):
        refuse_if_too_large(found, allowed=False)
    refuse_if_too_large(found, allowed=True)
    assert found.is_long


def test_more_processes_are_started_only_where_they_pay() -> None:
    assert workers_that_pay(3.0, tasks=8, cores=2) == 1
    assert workers_that_pay(60.0, tasks=8, cores=2) == 2
    assert workers_that_pay(60.0, tasks=1, cores=8) == 1
    assert [spoken_time(seconds) for seconds in (0.2, 60, 600, 9000)] == ["1 s", "60 s", "10 min", "2.5 h"]


def parsed(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_common(parser, keep="cases")
    return parser.parse_args(words)


def test_the_command_that_makes_the_numbers_again_leaves_out_what_changes_nothing() -> None:
    args = parsed("--seed", "7", "--workers", "2", "--set", "time.horizon=90 d", "--out", "elsewhere")
    assert command_line("run", ["baseline"], args, 4) == (
        "python run.py run baseline --seed 7 --replications 4 --set 'time.horizon=90 d' --keep cases"
    )


@pytest.mark.parametrize("words", [["--seed", "-1"], ["--replications", "0"], ["--workers", "two"]])
def test_numbers_that_are_none_are_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        parsed(*words)
    assert stopped.value.code == 2
    assert "is not a whole number" in capsys.readouterr().err


def test_a_policy_from_outside_finds_its_decision_point() -> None:
    assert decision_point("sim.policies.dispatch:Direct") == "dispatch"
    assert settings_of(parsed("--policy", "sim.policies.queueing:Due")) == [
        "policies.queueing.name=sim.policies.queueing:Due"
    ]
    assert decision_point("triage=anything:AtAll") == "triage"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("no_such_module:Class", "cannot be imported"),
        ("pathlib", "no colon"),
        ("pathlib:Path", "no method of a decision point"),
        ("nowhere=a:B", "no decision point"),
    ],
)
def test_a_policy_that_answers_nothing_is_refused(text: str, what: str) -> None:
    with pytest.raises(BadInput, match=what):
        decision_point(text)


def test_done_rows_carry_their_task() -> None:
    assert run_many(work, [13], 1) == [Done(13, None, run_many(work, [13], 1)[0].error)]
