"""How to fill the wage sheet, column by column; what stands on the template's second page."""

from __future__ import annotations

from teduh.core.text import Text

#: What the template writes for codes.
WORDS = {
    "permanent": "PKWTT", "fixed": "PKWT", "daily": "harian", "other": "lainnya", "monthly": "bulanan",
    "piece": "borongan", "weather": "borongan cuaca",
}  # fmt: skip

GUIDE: tuple[tuple[str, Text], ...] = (
    ("", Text("Satu pekerja satu baris. Judul kolom boleh lain dan urutannya bebas; kolom lain diabaikan.",
              "One worker, one row. Titles and order may differ; other columns are passed over.")),
    ("nik", Text("16 angka dari KTP, sebagai teks (bukan bilangan), agar Excel tidak merusaknya.",
                 "The KTP's 16 digits, as text and not as a number, so that Excel does not damage them.")),
    ("member_number", Text("Nomor peserta, bila NIK tidak ada. Untuk peserta yang sudah dikenal.",
                           "The member number, where there is no NIK. For members who are known.")),
    ("name", Text("Seperti di KTP.", "As on the KTP.")),
    ("birth_date", Text("Untuk pekerja baru, seperti 17-08-1985. Bila kosong diambil dari NIK.",
                        "For new workers, like 17-08-1985. Left empty, the NIK's is used.")),
    ("sex", Text("L atau P. Bila kosong diambil dari NIK.", "L (male) or P (female). Left empty, the NIK's is used.")),
    ("phone", Text("Agar pekerja tahu upah dan iurannya.", "So that the worker hears of wage and contributions.")),
    ("worksite", Text("Nomor tempat kerja; menentukan kelas risiko. Boleh kosong bila hanya satu.",
                      "The site's number; it decides the risk class. May be empty if there is one only.")),
    ("started_on", Text("Untuk pekerja baru.", "For new workers.")),
    ("contract", Text("PKWTT, PKWT, harian, atau lainnya.", "PKWTT (permanent), PKWT (fixed), harian (daily), other.")),
    ("wage_type", Text("bulanan, harian (× 25), borongan (jumlah 3 bulan terakhir), borongan cuaca (jumlah 12 bulan). "
                       "PP 44/2015 Pasal 19.",
                       "Monthly, daily (x 25), piece (sum of the last 3 months), piece by weather (sum of 12 months). "
                       "PP 44/2015 Pasal 19.")),
    ("pay", Text("Upah pokok dalam rupiah penuh: sebulan; sehari bila harian; jumlah 3 atau 12 bulan bila borongan.",
                 "The basic wage in whole rupiah: of the month; of a day if daily; of 3 or 12 months if by piece.")),
    ("allowances", Text("Tunjangan yang dibayar tetap setiap bulan; ikut dihitung.",
                        "Allowances that are paid every month without change; they count.")),
    ("variable", Text("Lembur, bonus, uang makan menurut kehadiran; tidak dihitung (PP 44/2015 Pasal 19(2)).",
                      "Overtime, bonuses, meals by attendance; they do not count (PP 44/2015 Pasal 19(2)).")),
    ("ended_on", Text("Hari terakhir bekerja, bila berhenti bulan ini.",
                      "The last day of work of who left this month.")),
    ("cause", Text("Mengundurkan diri, PHK, kontrak berakhir, pensiun, meninggal, cacat total tetap, pindah, lainnya.",
                   "Resigned, dismissed, contract ended, retired, died, permanently disabled, moved, other.")),
    ("citizenship", Text("Kosong berarti WNI.", "Empty means Indonesian.")),
    ("withdrawn", Text("Hanya dalam pembetulan: ya, bila pekerja tidak seharusnya dilaporkan bulan itu.",
                       "Only in a correction: ya (yes), if the worker should not have been on that month's return.")),
)  # fmt: skip
