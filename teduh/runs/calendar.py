"""The calendar: everything that recurs, on one page. What is not in this table does not happen by itself.

Time alone changes nothing in the tables: expiry of a bill and the end of cover are comparisons of dates, not runs.
"""

from __future__ import annotations

from dataclasses import dataclass

from teduh.core.text import Text


@dataclass(frozen=True, kw_only=True)
class Run:
    """A recurring run: its name, when (cron, in UTC), what it does, and what happens if it is missed."""

    name: str
    cron: str
    when: Text
    what: Text
    missed: Text


CALENDAR: dict[str, Run] = {
    run.name: run
    for run in (
        Run(
            name="seal_audit",
            cron="*/10 * * * *",
            when=Text("setiap 10 menit", "every 10 minutes"),
            what=Text("Menyegel jejak audit ke dalam rantai.", "Seals the audit into its chain."),
            missed=Text("Segel berikutnya mencakup semuanya.", "The next seal covers it all."),
        ),
        Run(
            name="ask_civil_registry",
            cron="*/2 * * * *",
            when=Text("setiap 2 menit", "every 2 minutes"),
            what=Text(
                "Menanyakan identitas yang menunggu Dukcapil; juga segera setelah orang mendaftar.",
                "Asks the civil registry about whoever waits; also soon after people joined.",
            ),
            missed=Text("Peserta tetap menunggu; tidak ada yang hilang.", "People wait longer; nothing is lost."),
        ),
        Run(
            name="free_stalled_jobs",
            cron="*/5 * * * *",
            when=Text("setiap 5 menit", "every 5 minutes"),
            what=Text(
                "Mengulang pekerjaan yang ditinggalkan proses yang mati.", "Retries jobs left by a process that died."
            ),
            missed=Text("Pekerjaan itu menunggu.", "Those jobs wait."),
        ),
        Run(
            name="tidy_up",
            cron="30 18 * * *",
            when=Text("setiap hari pukul 01.30 WIB", "every day at 01:30 Jakarta time"),
            what=Text(
                "Menghapus sesi yang berakhir, jawaban API setelah 7 hari, dan setelah 30 hari foto yang tidak jadi "
                "dipakai serta pekerjaan yang selesai.",
                "Removes ended sessions, remembered API answers after 7 days, and after 30 days photos that were never "
                "used and jobs that are done.",
            ),
            missed=Text("Tabel bertambah besar; hasil tidak berubah.", "Tables grow; no result changes."),
        ),
    )
}
