"""`teduh serve`: gunicorn with the pages and the API, in this process and its workers."""

from __future__ import annotations

from typing import Any

import click
from gunicorn.app.base import BaseApplication

WORKERS, THREADS = 2, 4


class Pages(BaseApplication):  # type: ignore[misc]
    """Gunicorn, configured here and nowhere else."""

    def __init__(self, **options: Any) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from teduh.site.wsgi import application

        return application


@click.command
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--workers", default=WORKERS, show_default=True, type=click.IntRange(1, 64), help="Processes.")
def command(host: str, port: int, workers: int) -> None:
    """Serve the pages and the API, and nothing else.

    For a server of your own: set DATABASE_URL, TEDUH_HOSTS and TEDUH_HTTPS=1, run `teduh migrate` once, and put a proxy
    with TLS in front. `teduh work` runs beside it.
    """
    where = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    Pages(
        bind=where,
        worker_class="gthread",
        workers=workers,
        threads=THREADS,
        timeout=60,
        graceful_timeout=8,
        keepalive=5,
        loglevel="warning",
        control_socket_disable=True,
        proc_name="teduh pages",
    ).run()
