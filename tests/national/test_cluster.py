"""Beyond one machine: a real Spark cluster of two workers, and real S3-compatible storage, give the same bytes.

Both need `pip install teduh[cluster]` (the storage's test `moto[server]` as well) and a Java runtime; without these the
tests are skipped and say so: a fund on one machine needs none of it.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from teduh.law.months import Month
from teduh.national import population, run
from teduh.national.job import Asked

MONTH = Month(2026, 4)
SPARK = Path(sys.executable).with_name("spark-class")
needs_spark = pytest.mark.skipif(
    not SPARK.exists() or shutil.which("java") is None, reason="pip install teduh[cluster], and Java 17"
)
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    folder = tmp_path_factory.mktemp("people")
    population.simulate(
        population.Spec(people=60_000, seed=4, active_only=True), folder=folder, shard_rows=2_000, workers=1
    )
    return folder


def go(source, target, engine, progress=None):
    return run.start(Asked(kind="assess", month=MONTH), source=str(source), target=str(target), engine=engine,
                     progress=progress)  # fmt: skip


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextlib.contextmanager
def cluster(folder: Path):
    """A master and two workers of one core each, started as docs/national.md says; their processes and the address."""
    port = free_port()
    env = os.environ | {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_NO_DAEMONIZE": "1", "PYSPARK_PYTHON": sys.executable,
                        "PYTHONPATH": str(Path(__file__).resolve().parents[2])}  # fmt: skip
    deploy, log = "org.apache.spark.deploy", (folder / "spark.log").open("w")
    address = f"spark://127.0.0.1:{port}"
    said = {"env": env, "stdout": log, "stderr": log, "cwd": folder, "start_new_session": True}
    master = [str(SPARK), f"{deploy}.master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0"]
    worker = [str(SPARK), f"{deploy}.worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1g",
              "--webui-port", "0", "--work-dir", str(folder / "work"), address]  # fmt: skip
    running = [subprocess.Popen(master, **said)]
    try:
        _wait(lambda: _listens(port), 40)
        running += [subprocess.Popen(worker, **said) for _ in range(2)]
        _wait(
            lambda: len(re.findall("Successfully registered with master", (folder / "spark.log").read_text())) >= 2, 60
        )
        yield address, running
    finally:
        for process in running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        log.close()


def _listens(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def _wait(is_so, seconds: int) -> None:
    for _ in range(seconds * 10):
        if is_so():
            return
        time.sleep(0.1)
    raise TimeoutError("the cluster did not start")


@needs_spark
def test_a_cluster_gives_the_same_bytes_also_when_a_worker_is_killed_in_the_middle(people, tmp_path, monkeypatch):
    from teduh.national import cluster as engines

    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    here = go(people, tmp_path / "here", run.local(1))
    with cluster(tmp_path) as (address, running):
        killed = threading.Event()

        def kill_one(now):
            if now.shards >= 3 and not killed.is_set():
                killed.set()
                os.killpg(running[1].pid, signal.SIGKILL)

        there = go(people, tmp_path / "there", engines.spark(master=address), kill_one)
    assert killed.is_set()
    assert there["checksum"] == here["checksum"] and there["sums"] == here["sums"]
    for shard in here["shards"]:
        assert (tmp_path / "here" / shard["file"]).read_bytes() == (tmp_path / "there" / shard["file"]).read_bytes()


def test_object_storage_holds_snapshots_and_results_like_a_folder(people, tmp_path, monkeypatch):
    pytest.importorskip("s3fs", reason="pip install teduh[cluster]")
    server = pytest.importorskip("moto.server", reason="pip install 'moto[server]'")
    import fsspec

    one = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    one.start()
    try:
        host, port = one.get_host_and_port()
        for name, value in (("AWS_ENDPOINT_URL", f"http://{host}:{port}"), ("AWS_ACCESS_KEY_ID", "test"),
                            ("AWS_SECRET_ACCESS_KEY", "test"), ("AWS_DEFAULT_REGION", "us-east-1")):  # fmt: skip
            monkeypatch.setenv(name, value)
        fsspec.filesystem("s3").mkdir("fund")
        fsspec.filesystem("s3").put(str(people), "fund/people", recursive=True)
        there = go("s3://fund/people", "s3://fund/assessed", run.local(1))
        again = go("s3://fund/people", "s3://fund/assessed", run.local(1))
        assert there == again and run.state("s3://fund/assessed")["found"] == len(there["shards"])
        assert there["checksum"] == go(people, tmp_path / "here", run.local(1))["checksum"]
        assert run.snapshot("s3://fund/assessed")["rows"] == there["rows"]
    finally:
        one.stop()
