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
            name="send_messages",
            cron="* * * * *",
            when=Text("setiap menit", "every minute"),
            what=Text(
                "Mengirim pesan kepada peserta dan mengulang yang gagal; juga segera setelah pesan dibuat.",
                "Sends messages to members and tries failed ones again; also soon after messages are written.",
            ),
            missed=Text(
                "Pesan tetap ada di kotak pesan dan dikirim kemudian.", "Messages are in the inbox and go out later."
            ),
        ),
        Run(
            name="remind",
            cron="0 1 * * *",
            when=Text("setiap hari pukul 08.00 WIB", "every day at 08:00 Jakarta time"),
            what=Text(
                "Mengingatkan peserta mandiri 7 hari dan 1 hari sebelum iuran menunggak atau perlindungan terhenti.",
                "Reminds the self-employed 7 days and 1 day before payment falls behind or cover stops.",
            ),
            missed=Text(
                "Hari berikutnya mengingatkan yang terlewat; tidak ada yang diingatkan dua kali.",
                "The next day reminds whoever was missed; nobody is reminded twice.",
            ),
        ),
        Run(
            name="remind_migrants",
            cron="15 * * * *",
            when=Text("setiap jam, pada menit ke-15", "every hour, at minute 15"),
            what=Text(
                "Mengingatkan pekerja migran, menurut hari di tempat ia berada, dan keluarga yang boleh membayar: 90, "
                "60, 30, 14, dan 7 hari sebelum masa yang dibayar berakhir; sebelum masa menunggu berangkat dan masa "
                "pulang habis; bila tidak terlindungi; dan sesudah pulang.",
                "Reminds migrant workers, by the day where they are, and relatives who may pay: 90, 60, 30, 14 and 7 "
                "days before the paid time ends; before the wait for departure and the time to return run out; when "
                "cover is missing; and after the return.",
            ),
            missed=Text(
                "Jam berikutnya mengingatkan yang terlewat, sampai seminggu; tidak ada yang diingatkan dua kali.",
                "The next hour reminds whoever was missed, up to a week later; nobody is reminded twice.",
            ),
        ),
        Run(
            name="tell_overdue_wages",
            cron="0 2 20 * *",
            when=Text("tanggal 20 tiap bulan pukul 09.00 WIB", "on the 20th of each month at 09:00 Jakarta time"),
            what=Text(
                "Memberi tahu pekerja yang tidak ada dalam laporan upah pemberi kerjanya, dan yang iurannya lewat "
                "jatuh tempo.",
                "Tells workers who are missing on their employer's wage return, and those whose contributions are "
                "overdue.",
            ),
            missed=Text(
                "Bulan berikutnya memberi tahu yang terlewat; tidak ada yang diberi tahu dua kali.",
                "The next month tells whoever was missed; nobody is told twice.",
            ),
        ),
        Run(
            name="nation_month",
            cron="0 18 1 * *",
            when=Text("tanggal 2 tiap bulan pukul 01.00 WIB", "on the 2nd of each month at 01:00 Jakarta time"),
            what=Text(
                "Bila TEDUH_NATIONAL=1: snapshot semua peserta pada akhir bulan lalu, iuran, dan perlindungannya.",
                "With TEDUH_NATIONAL=1: a snapshot of everyone at the end of last month, what they owe, their cover.",
            ),
            missed=Text("Dapat dijalankan kapan saja; hasilnya sama.", "It can be done at any time, with one result."),
        ),
        Run(
            name="nation_year",
            cron="0 19 4 * *",
            when=Text("tanggal 5 tiap bulan pukul 02.00 WIB", "on the 5th of each month at 02:00 Jakarta time"),
            what=Text(
                "Bila TEDUH_NATIONAL=1 dan tingkatnya sudah ditetapkan: hasil pengembangan JHT tahun lalu, siap "
                "diusulkan dan disetujui dua orang.",
                "With TEDUH_NATIONAL=1 and once its rate is declared: last year's return on JHT savings, ready for two "
                "people to propose and approve.",
            ),
            missed=Text("Bulan berikutnya mengerjakannya.", "The next month does it."),
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
