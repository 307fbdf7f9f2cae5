"""What the benchmarks of money and cover share: a made-up population, clocks, pgbench on the same server, results."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))


def django() -> None:
    """Django for the database that DATABASE_URL names; `bench/run.py` makes one and says so."""
    if not os.environ.get("DATABASE_URL"):
        name = Path(sys.argv[0]).stem
        raise SystemExit(f"Run it as: python bench/run.py {name} (it makes a PostgreSQL of its own)")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "teduh.site.settings")
    import django as framework

    framework.setup()


@contextmanager
def clock(into: list[float]) -> Iterator[None]:
    """The seconds that the block took."""
    start = time.perf_counter()
    yield
    into.append(time.perf_counter() - start)


def timed(task: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what it made."""
    start = time.perf_counter()
    made = task()
    return time.perf_counter() - start, made


def percentile(times: Sequence[float], share: float) -> float:
    """Milliseconds within which this share was done."""
    ordered = sorted(times)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000, 2)


def pgbench(*words: str) -> float:
    """Transactions per second of pgbench against the very database that is measured."""
    from django.db import connection

    from teduh.site import embedded

    where = connection.settings_dict
    command = [str(embedded.binaries() / "pgbench"), "-h", where["HOST"], "-U", where["USER"] or "postgres", *words]
    if where["PORT"]:
        command += ["-p", where["PORT"]]
    done = subprocess.run([*command, where["NAME"]], capture_output=True, text=True, check=True)
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    return float(found.group(1)) if found else 0.0


def machine() -> str:
    """What it ran on."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
        cursor.execute("SHOW fsync")
        fsync = cursor.fetchone()[0]
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, PostgreSQL {version}, fsync {fsync}"


def write(name: str, *tables: dict[str, Any]) -> None:
    """Leave the tables where `bench/run.py` reads them, and show them."""
    out = HERE / "out"
    out.mkdir(exist_ok=True)
    said = [{**table, "machine": machine(), "repeat": f"python bench/run.py {name}"} for table in tables]
    (out / f"{name}.json").write_text(json.dumps({"tables": said}, indent=1, ensure_ascii=False) + "\n", "utf-8")
    for table in said:
        print(f"\n{table['title']} ({table['machine']})")
        for row in [table["columns"], *table["rows"]]:
            print("  " + "  |  ".join(str(cell) for cell in row))


def rate(count: int, seconds: float) -> str:
    """`12,300/s`."""
    return f"{count / seconds:,.0f}/s"
