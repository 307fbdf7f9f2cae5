"""Every sentence about a wage return: severity, what is so and what to do, in Bahasa and English, with its article."""

from __future__ import annotations

from typing import NamedTuple


class Message(NamedTuple):
    """The words of a code; `then_id` empty: nothing need be done."""

    severity: str
    id: str
    en: str
    then_id: str = ""
    then_en: str = ""
    articles: tuple[str, ...] = ()
    status: str = ""


STOP, WARN, NOTE = "stop", "warn", "note"
WAGE = ("PP 44/2015 Pasal 19(2)",)
TRUE_WAGE = ("PP 86/2013 Pasal 3(2)b", "PP 44/2015 Pasal 32(2)")
OURS = "policy"

MESSAGES: dict[str, Message] = {
    # the file
    "columns_read": Message(NOTE, "Kolom yang dibaca: {read}.", "Columns that were read: {read}."),
    "columns_ignored": Message(NOTE, "Kolom yang tidak dipakai: {read}.", "Columns that are not used: {read}."),
    "columns_twice": Message(
        WARN, "Judul kolom ganda; yang pertama dipakai: {read}.", "Titles that come twice; the first is used: {read}.",
        "Hapus kolom yang tidak dipakai.", "Delete the column that is not meant."),
    "gross_used": Message(
        WARN, "Tidak ada kolom upah pokok; dipakai kolom “{read}”.",
        "There is no column of basic wages; “{read}” is used.",
        "Yang dihitung upah pokok dan tunjangan tetap. Pisahkan lembur, bonus, tunjangan tidak tetap ke kolom lain.",
        "What counts is the basic wage and fixed allowances. Put overtime, bonuses and allowances that vary elsewhere.",
        WAGE, "gazette"),
    "several_summed": Message(
        NOTE, "{field}: dijumlahkan dari kolom {read}.", "{field}: the sum of the columns {read}.",
        "Bila ada yang tidak tetap (dibayar menurut kehadiran), pindahkan ke kolom tunjangan tidak tetap.",
        "If one of them varies (is paid by attendance), call its column an allowance that varies.",
        WAGE, "gazette"),
    "sum_differs": Message(
        WARN, "Baris jumlah menulis {cell}; jumlah kolom upah {read}.",
        "The row of totals says {cell}; the wages above it come to {read}.",
        "Periksa apakah ada baris yang hilang atau berubah.", "See whether a row is missing or was changed."),
    "rows_skipped": Message(
        NOTE, "{count} baris kosong, jumlah, atau catatan dilewati.",
        "{count} rows that are empty, totals or remarks are passed over."),
    "all_in_thousands": Message(
        STOP, "Semua upah tampak ditulis dalam ribuan.", "All wages seem to be written in thousands.",
        "Tulis rupiah penuh (4500000), atau tambahkan “(ribuan)” pada judul kolomnya.",
        "Write whole rupiah (4500000), or add “(ribuan)” to the column's title."),
    "variable_not_counted": Message(
        NOTE, "Tunjangan tidak tetap {count} pekerja, {amount}, tidak dihitung.",
        "Allowances that vary, of {count} workers, {amount}, do not count.",
        articles=("PP 44/2015 Pasal 19(2)", "PP 46/2015 Pasal 17(2)", "PP 45/2015 Pasal 29(1)"), status="gazette"),
    "above_jp_ceiling": Message(
        NOTE, "JP {count} pekerja dihitung dari {amount}, batas atas upah JP.",
        "JP of {count} workers is reckoned from {amount}, the highest wage that counts.",
        articles=("PP 45/2015 Pasal 29(2)", "PP 45/2015 Pasal 29(3)"), status="official"),
    "jp_ceiling_not_announced": Message(
        WARN, "Batas atas upah JP bulan ini belum diumumkan; dipakai {amount}.",
        "JP's ceiling for this month is not announced yet; {amount} is used.",
        articles=("PP 45/2015 Pasal 29(4)",), status="unconfirmed"),
    "minimum_unknown": Message(
        NOTE, "Upah minimum wilayah {read} belum dipegang; tidak diperiksa.",
        "The minimum wage of {read} is not held; nothing is said about it.", status="unconfirmed"),
    "firm_programmes": Message(
        NOTE, "Program pemberi kerja bulan ini: {read}.", "The employer's programmes in this month: {read}."),
    "risk_declared": Message(
        NOTE, "Kelas risiko tempat kerja {read} baru dinyatakan, belum dikonfirmasi petugas.",
        "The risk class of site {read} is declared and not confirmed by an officer yet.",
        articles=("PP 44/2015 Pasal 16",), status="gazette"),
    "fewer_withdrawn": Message(
        WARN, "{count} pekerja yang sudah dilaporkan tidak ada di daftar ini: akan ditarik dari bulan ini.",
        "{count} workers that were filed are not on this list: they will be withdrawn from this month.",
        "Bila hanya ingin membetulkan beberapa baris, pilih “hanya baris yang berubah”.",
        "To correct some rows only, choose “only the rows that change”."),
    "missing_people": Message(
        WARN, "{count} pekerja bulan lalu tidak ada di laporan ini dan tidak dilaporkan keluar.",
        "{count} workers of last month are not on this return, and nobody told that they left.",
        "Tambahkan barisnya, atau laporkan tanggal keluar dan alasannya.",
        "Add their rows, or tell their last day and the reason.", ("PP 86/2013 Pasal 3(2)b",), "gazette"),
    "future_month": Message(
        STOP, "Bulan iuran ini belum dimulai.", "This month has not begun yet.",
        "Laporkan paling cepat pada bulan itu.", "File it in that month at the earliest."),
    # who
    "nik_excel": Message(
        STOP, "NIK rusak oleh Excel ({cell}): angka belakangnya sudah hilang.",
        "Excel has damaged this NIK ({cell}): its last digits are lost.",
        "Ubah format kolom NIK menjadi Teks, ketik ulang NIK dari KTP, simpan, unggah lagi. Atau isi KPJ-nya.",
        "Format the column as Text, type the NIK again from the KTP, save and upload. Or give the member number."),
    "nik_wrong": Message(
        STOP, "NIK tidak mungkin benar: {why}", "This cannot be a NIK: {why}",
        "Salin NIK dari KTP.", "Copy the NIK from the KTP."),
    "nik_twice": Message(
        STOP, "NIK ini sudah ada di baris {row}.", "This NIK is in row {row} already.",
        "Satu pekerja satu baris: gabungkan upahnya. Bila pindah tempat kerja, pakai tempat kerja terakhir.",
        "One worker, one row: add the wages up. Who moved between sites stands at the last one."),
    "kpj_unknown": Message(
        STOP, "KPJ {cell} tidak dikenal, atau bukan milik orang dengan nama ini.",
        "The member number {cell} is not known, or does not belong to somebody of this name.",
        "Isi NIK-nya.", "Give the NIK."),
    "kpj_differs": Message(
        WARN, "KPJ {cell} bukan milik NIK ini; NIK yang dipakai.", "Member number {cell} is not this NIK's; the NIK "
        "is used.", "Perbaiki atau kosongkan KPJ-nya.", "Correct the member number or leave it out."),
    "name_missing_new": Message(
        STOP, "Nama pekerja baru belum diisi.", "The name of this new worker is missing.",
        "Isi nama seperti di KTP.", "Give the name as on the KTP."),
    "name_differs": Message(
        WARN, "Nama berbeda dari data peserta dengan NIK ini ({read}).",
        "The name differs from the member's with this NIK ({read}).",
        "Pastikan NIK-nya benar; bila benar, minta pekerja membetulkan datanya.",
        "Make sure that the NIK is right; if so, ask the worker to have the data corrected."),
    "birth_differs": Message(
        WARN, "Tanggal lahir berbeda dari data peserta.", "The birth date differs from the member's record.",
        "Pastikan NIK-nya benar.", "Make sure that the NIK is right."),
    "birth_from_nik": Message(
        NOTE, "Tanggal lahir pekerja baru diambil dari NIK: {read}.",
        "The new worker's birth date is the NIK's: {read}.",
        "Isi tanggal lahir bila berbeda.", "Give the birth date if it is another."),
    "birth_not_nik": Message(
        WARN, "Tanggal lahir berbeda dari yang terkandung dalam NIK ({read}).",
        "The birth date is not the one in the NIK ({read}).",
        "Pastikan NIK-nya benar.", "Make sure that the NIK is right."),
    "sex_from_nik": Message(
        NOTE, "Jenis kelamin pekerja baru diambil dari NIK: {read}.", "The new worker's sex is the NIK's: {read}.",
        "Isi L atau P bila berbeda.", "Give L (male) or P (female) if it is another."),
    "new_worker": Message(
        NOTE, "Pekerja baru di sini; mulai {read}.", "New here; works from {read}.",
        articles=("UU 24/2011 Pasal 15",), status="gazette"),
    "start_missing": Message(
        WARN, "Tanggal masuk pekerja baru belum diisi; dipakai {read}.",
        "The start date of this new worker is missing; {read} is used.",
        "Isi tanggal masuknya bila berbeda.", "Give the start date if it is another."),
    "start_after_month": Message(
        STOP, "Tanggal masuk {read} sesudah bulan laporan ini.", "The start date {read} lies after this month.",
        "Periksa tanggalnya, atau laporkan pada bulan masuknya.", "Check the date, or file it in that month."),
    "starts_later": Message(
        WARN, "Tercatat mulai bekerja {read}, sesudah bulan ini.",
        "Works here from {read} on record, after this month.",
        "Bila memang sudah bekerja, biarkan dan minta petugas memajukan tanggal masuknya.",
        "If so, leave it and ask an officer for an earlier start date."),
    "ended_listed": Message(
        STOP, "Sudah berhenti {read}, tetapi masih ada di laporan.", "Left on {read}, but is still on the return.",
        "Hapus barisnya; bila bekerja lagi, isi tanggal masuk yang baru.",
        "Delete the row; if hired again, give the new start date."),
    "started_overlaps": Message(
        STOP, "Tanggal masuk {read} bertumpuk dengan masa kerja sebelumnya.",
        "The start date {read} lies within an earlier stretch of work.",
        "Isi tanggal sesudah tanggal berhentinya.", "Give a date after the last day of that stretch."),
    "leaves": Message(NOTE, "Keluar {read}.", "Leaves on {read}."),
    "end_without_cause": Message(
        WARN, "Alasan keluar tidak terbaca; dicatat “lainnya”.",
        "The reason for leaving was not read; “other” is kept.",
        "Tulis: mengundurkan diri, PHK, kontrak berakhir, pensiun, meninggal …",
        "Write: resigned, dismissed, contract ended, retired, died …"),
    "end_before_start": Message(
        STOP, "Tanggal keluar sebelum tanggal masuk.", "The end date lies before the start date.",
        "Perbaiki tanggalnya.", "Correct the dates."),
    "end_in_future": Message(
        WARN, "Tanggal keluar {read} sesudah bulan ini; belum dicatat.",
        "The end date {read} lies after this month; it is not kept yet.",
        "Laporkan lagi pada bulan itu.", "Tell it again in that month."),
    "day_unreadable": Message(
        STOP, "{field} tidak terbaca: {cell}.", "{field} cannot be read: {cell}.",
        "Tulis seperti 17-08-2026.", "Write it like 17-08-2026 (day-month-year)."),
    "other_employer": Message(
        NOTE, "Juga bekerja di pemberi kerja lain; masing-masing melapor sendiri.",
        "Also works for another employer; each files its own part."),
    "not_working_here": Message(
        STOP, "Bukan pekerja yang pernah dilaporkan untuk bulan ini; tidak ada yang ditarik.",
        "Was not filed for this month; there is nothing to withdraw.", "Hapus barisnya.", "Delete the row."),
    "withdrawn": Message(NOTE, "Ditarik dari bulan ini.", "Withdrawn from this month."),
    # where
    "site_unknown": Message(
        STOP, "Tempat kerja {cell} tidak ada; yang ada: {read}.", "There is no worksite {cell}; there are: {read}.",
        "Isi nomor tempat kerja, atau buka dulu tempat kerja itu.", "Give a site's number, or open that site first."),
    "site_kept": Message(
        WARN, "Tempat kerja {cell} tidak dikenal; dipakai tempat kerja {read}.",
        "The worksite {cell} is not known; site {read} is used.",
        "Isi nomor tempat kerja.", "Give the site's number."),
    "site_closed": Message(
        STOP, "Tempat kerja {read} sudah ditutup pada bulan ini.", "Site {read} is closed in this month.",
        "Isi tempat kerja yang sekarang.", "Give the site where the worker is now."),
    "site_missing": Message(
        STOP, "Tempat kerja belum diisi; yang ada: {read}.", "The worksite is missing; there are: {read}.",
        "Isi nomornya.", "Give its number."),
    "site_changed": Message(
        NOTE, "Pindah ke tempat kerja {read}; kelas risiko mengikuti.",
        "Moved to site {read}; so does the risk class."),
    # wages
    "pay_missing": Message(
        STOP, "Upah belum diisi.", "The wage is missing.",
        "Isi upahnya; bila berisi rumus, buka di Excel lalu simpan lagi.",
        "Fill it in; if it is a formula, open the file in Excel and save it again."),
    "pay_unreadable": Message(
        STOP, "{field} tidak terbaca: {cell}.", "{field} cannot be read: {cell}.",
        "Tulis rupiah bulat, misalnya 4500000.", "Write whole rupiah, such as 4500000."),
    "pay_negative": Message(STOP, "{field} di bawah nol: {cell}.", "{field} is below zero: {cell}.",
                            "Perbaiki angkanya.", "Correct the figure."),
    "pay_too_much": Message(STOP, "{field} terlalu besar: {cell}.", "{field} is too large: {cell}.",
                            "Perbaiki angkanya.", "Correct the figure."),
    "in_thousands": Message(
        STOP, "Upah {amount} tampak ditulis dalam ribuan.", "A wage of {amount} seems to be written in thousands.",
        "Tulis rupiah penuh, misalnya 4500000.", "Write whole rupiah, such as 4500000."),
    "wage_type_unknown": Message(
        STOP, "Cara pengupahan tidak dikenal: {cell}.", "This way of paying is not known: {cell}.",
        "Tulis: bulanan, harian, borongan, atau borongan cuaca.",
        "Write: monthly, daily, piece, or piece by weather.", ("PP 44/2015 Pasal 19",), "gazette"),
    "daily_times_25": Message(
        NOTE, "Upah harian {pay} dikalikan {days}: {amount} sebulan.",
        "A daily wage of {pay} times {days}: {amount} a month.",
        articles=("PP 44/2015 Pasal 19(3)", "PP 46/2015 Pasal 17(3)"), status="gazette"),
    "daily_looks_monthly": Message(
        WARN, "{pay} sehari tampak seperti upah sebulan.", "{pay} a day looks like a month's wage.",
        "Tulis upah sehari, atau ubah cara pengupahannya menjadi bulanan.",
        "Write the wage of a day, or make it monthly.", ("PP 44/2015 Pasal 19(3)",), OURS),
    "averaged": Message(
        NOTE, "Rata-rata {months} bulan terakhir dari {pay}: {amount} sebulan.",
        "The average of the last {months} months of {pay}: {amount} a month.",
        articles=("PP 44/2015 Pasal 19(4)", "PP 44/2015 Pasal 19(5)"), status="gazette"),
    "base_too_small": Message(
        WARN, "Upah pokok {pay} kurang dari 75% upah pokok dan tunjangan tetap ({amount}).",
        "The basic wage of {pay} is less than 75% of basic wage and fixed allowances ({amount}).",
        "Periksa pembagiannya: tunjangan tetap tetap dihitung untuk iuran.",
        "Check how it is divided: fixed allowances count for contributions all the same.",
        ("UU 13/2003 Pasal 94",), "secondary"),
    "mostly_variable": Message(
        WARN, "Tunjangan tidak tetap {pay} lebih besar daripada upah yang dihitung ({amount}).",
        "Allowances that vary ({pay}) are more than the wage that counts ({amount}).",
        "Yang dibayar tetap setiap bulan adalah tunjangan tetap. Periksa pembagiannya.",
        "What is paid every month without change is a fixed allowance. Check how it is divided.", TRUE_WAGE, OURS),
    "moved_out": Message(
        WARN, "Upah yang dihitung turun dari {before} menjadi {amount}, sedangkan tunjangan tidak tetap naik {pay}.",
        "The wage that counts fell from {before} to {amount}, while allowances that vary rose by {pay}.",
        "Upah yang dilaporkan harus upah yang sebenarnya diterima. Periksa, atau siapkan penjelasannya.",
        "The wage filed must be the one that is received. Check it, or have the explanation ready.", TRUE_WAGE, OURS),
    "dropped": Message(
        WARN, "Upah turun {percent}% dari bulan lalu: {before} menjadi {amount}.",
        "The wage fell by {percent}% since last month: from {before} to {amount}.",
        "Bila benar, biarkan; bila salah ketik, perbaiki.", "If it is right, leave it; if mistyped, correct it.",
        TRUE_WAGE, OURS),
    "tenfold": Message(
        WARN, "Upah {amount} hampir sepuluh kali atau sepersepuluh bulan lalu ({before}): salah ketik?",
        "A wage of {amount} is about ten times, or a tenth of, last month's ({before}): mistyped?",
        "Hitung nolnya.", "Count the zeros.", (), OURS),
    "jkp_not": Message(
        NOTE, "Tidak ikut JKP: {why}", "Not in JKP: {why}", articles=("PP 6/2025 Pasal 4",), status="gazette"),
    "contract_unknown": Message(
        WARN, "Jenis kontrak tidak dikenal: {cell}; dipakai {read}.", "Contract not known: {cell}; {read} is used.",
        "Tulis: PKWTT, PKWT, harian, atau lainnya.", "Write: PKWTT (permanent), PKWT (fixed), daily or other."),
}  # fmt: skip
