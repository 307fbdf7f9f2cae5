"""Where the data folder is: everything that must survive a restart is in it, and nothing else is needed."""

from __future__ import annotations

import os
from pathlib import Path

#: For root: PostgreSQL's own user must reach it, and root's home is closed to everybody else.
OF_THE_SYSTEM = Path("/var/lib/teduh")


def data_dir() -> Path:
    """TEDUH_DATA_DIR, or the usual place for this user's data."""
    named = os.environ.get("TEDUH_DATA_DIR")
    if named:
        return Path(named).expanduser().resolve()
    if os.geteuid() == 0:
        return OF_THE_SYSTEM
    share = os.environ.get("XDG_DATA_HOME")
    return (Path(share) if share else Path.home() / ".local" / "share") / "teduh"
