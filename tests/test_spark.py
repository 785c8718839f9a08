"""The Spark engine on a standalone cluster of this machine: a master, two workers, and one of them killed."""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

import etl.spark
from etl.build import build
from etl.errors import SourceError
from tests.announcements import CHENGDU, NANNING, WUHAN, make_folder
from warehouse.connection import published_path
from warehouse.settings import ROOT

pytestmark = [
    pytest.mark.skipif(importlib.util.find_spec("pyspark") is None, reason="PySpark is optional: make test-spark"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),  # PySpark's, of pandas 3
]
SAMPLE = ROOT / "etl" / "sample"


class Cluster:
    """A master and two workers of one core each, on loopback."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"spark://127.0.0.1:{self.port}"
        self.master = self.start("master.Master", "--port", str(self.port), "--webui-port", str(free_port()))
        self.workers = [
            self.start(
                "worker.Worker",
                *("--cores", "1", "--memory", "1g", "--work-dir", str(folder / f"work{i}")),
                *("--webui-port", str(free_port()), self.url),
            )
            for i in range(2)
        ]

    def start(self, daemon: str, *arguments: str) -> subprocess.Popen[bytes]:
        home = Path(str(importlib.util.find_spec("pyspark").origin)).parent  # type: ignore[union-attr]
        with (self.folder / f"{daemon}.log").open("ab") as log:
            return subprocess.Popen(
                [home / "bin" / "spark-class", f"org.apache.spark.deploy.{daemon}", "--host", "127.0.0.1", *arguments],
                env=os.environ | {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1"},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """The process with its executors, at once."""
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    made = Cluster(folder)
    try:
        yield made
    finally:
        for process in (*made.workers, made.master):
            made.kill(process)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture(autouse=True)
def loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")


def rows(directory: Path, table: str) -> list[tuple[object, ...]]:
    """Everything a table holds but when it was loaded."""
    with duckdb.connect(str(published_path(directory)), read_only=True) as connection:
        columns = [name for (name,) in connection.execute(f"SELECT column_name FROM (DESCRIBE {table})").fetchall()]
        kept = ", ".join(name for name in columns if not name.endswith("load_id"))
        return connection.execute(f"SELECT {kept} FROM {table} ORDER BY ALL").fetchall()


def test_rows_equal_the_local_engines_when_a_worker_dies_in_the_middle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(etl.spark, "TASK_FILES", 16)  # many tasks, so that the killed worker has done some and has one
    build([SAMPLE], tmp_path / "local", workers=2)
    deaths: list[int] = []
    with cluster(tmp_path) as spark:

        def kill_one_when_some_are_done() -> None:
            while len({path.name[:12] for path in tmp_path.glob("spark/*/records/spark-*.parquet")}) < 3:
                time.sleep(0.05)
            spark.kill(spark.workers[0])
            deaths.append(len(list(tmp_path.glob("spark/*/records/spark-*.parquet"))))

        killer = threading.Thread(target=kill_one_when_some_are_done, daemon=True)
        killer.start()
        summary = build([SAMPLE], tmp_path / "spark", engine="spark", master=spark.url)
        killer.join(timeout=1)
    assert deaths, "the job ended before the worker was killed"
    assert summary.document_count == len(list(SAMPLE.glob("*.txt")))
    for table in ("documents", "directives", "measures", "people", "figures", "repairs", "rejects"):
        assert rows(tmp_path / "spark", table) == rows(tmp_path / "local", table), table


def test_unchanged_documents_are_not_extracted_again(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "news", wuhan=WUHAN, chengdu=CHENGDU, broken=b"\x00\x01\x02")
    (folder / "more.jsonl").write_text('{"text": "x"}\n{"text": ""}\n', "utf-8")
    first = build([folder], tmp_path / "data", engine="spark", master="local[1]")
    make_folder(folder, wuhan=WUHAN, chengdu=CHENGDU.replace("2022", "2021"), nanning=NANNING)
    second = build([folder], tmp_path / "data", engine="spark", master="local[1]")
    assert (first.load.documents_new, first.load.documents_rejected) == (3, 2)
    load = second.load
    assert (load.documents_new, load.documents_changed, load.documents_unchanged) == (1, 1, 2)


def test_standard_input_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="local only"):
        build([Path("-")], tmp_path / "data", engine="spark", master="local[1]")
