"""The same shards on Apache Spark: no rows go through its data frames, only the list of jobs and one function.

Spark schedules, retries and survives lost workers; a job done twice is harmless. Workers need this package and the same
storage: a shared folder, or S3-compatible objects. Needs `pip install teduh[cluster]` and a Java runtime.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.national.job import Shard
from teduh.national.run import Engine

MISSING = Text("Mesin Spark tidak terpasang di sini.", "Spark is not installed here.")


def spark(*, master: str | None = None, retries: int = 8) -> Engine:
    """An engine that hands every shard to the Spark cluster at `master` (`spark://host:7077`; `local[*]` unless named).

    Results come as they are done. A worker lost in the middle of a shard costs that shard once more.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        then = Text("Jalankan: pip install 'teduh[cluster]', dan pasang Java 17.",
                    "Run: pip install 'teduh[cluster]', and install Java 17.")  # fmt: skip
        raise Refused("no_spark", MISSING, then=then) from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # the Python of workers that this machine starts
    session = (
        SparkSession.builder.appName("teduh national").master(master or "local[*]")
        .config("spark.task.maxFailures", str(retries)).config("spark.ui.enabled", "false")
        .config("spark.python.worker.reuse", "true").getOrCreate()
    )  # fmt: skip
    return lambda work, jobs: _run(session, work, jobs)


def _run(session: Any, work: Callable[[Shard], dict[str, Any]], jobs: Sequence[Shard]) -> Iterator[dict[str, Any]]:
    """One task a shard; results one by one, so that progress is seen."""
    try:
        if jobs:
            yield from session.sparkContext.parallelize(list(jobs), len(jobs)).map(work).toLocalIterator(True)
    finally:
        session.stop()
