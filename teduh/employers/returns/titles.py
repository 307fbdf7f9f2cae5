"""The titles that columns of wage sheets bear: Bahasa, English and the abbreviations of personnel offices, by field."""

from __future__ import annotations

from teduh.registry.sheets import titles as people

WORDS = {
    "nik": people.WORDS["nik"] + "|nik ktp karyawan|nik pekerja|nik karyawan ktp|no ktp karyawan",
    "member_number":
        "kpj|no kpj|nomor kpj|no peserta|nomor peserta|no bpjs|no bpjs tk|no bpjs ketenagakerjaan|no bpjstk|"
        "nomor bpjs ketenagakerjaan|bpjs tk|bpjstk|bpjs ketenagakerjaan|no jamsostek|member number|"
        "no kartu peserta|nomor kartu peserta|kpj bpjs|no kpj bpjs|no kartu bpjs tk",
    "name":
        people.WORDS["name"] + "|nama karyawan|nama pegawai|nama buruh|nama staf|employee name|employee|karyawan|"
        "pegawai|worker name|worker|nama pekerja sesuai ktp|nama karyawan sesuai ktp|staff name|nama lengkap karyawan",
    "worker_number":
        "nip|npk|nrp|no induk|nomor induk|no induk karyawan|nomor induk karyawan|nomor induk pegawai|id karyawan|"
        "no induk pegawai|kode karyawan|no karyawan|nomor karyawan|employee id|employee no|employee number|emp id|"
        "no pegawai|nomor pegawai|nik karyawan|nik pegawai|no induk pekerja|nomor induk pekerja|badge|no badge|"
        "nomor pekerja|no pekerja|worker number|worker id|payroll id|staff id|nik perusahaan|id pegawai",
    "birth_date": people.WORDS["birth_date"],
    "birth": people.WORDS["birth"],
    "sex": people.WORDS["sex"],
    "phone": people.WORDS["phone"],
    "worksite":
        "tempat kerja|lokasi|lokasi kerja|nomor tempat kerja|no tempat kerja|kode lokasi|cabang|kode cabang|unit|"
        "unit kerja|site|worksite|work site|nomor lokasi|no lokasi|kode unit|kode tempat kerja|penempatan|"
        "lokasi penempatan|branch|kantor cabang|pabrik|plant",
    "started_on":
        "tgl masuk|tanggal masuk|tmk|tgl mulai|tanggal mulai|mulai kerja|tgl mulai kerja|tanggal mulai kerja|"
        "tanggal mulai bekerja|tgl mulai bekerja|tgl masuk kerja|tanggal masuk kerja|tmt|tmt kerja|tgl join|join date|"
        "date joined|joined|start date|started on|hire date|date of hire|tanggal bergabung|tgl bergabung|tgl gabung|"
        "awal kerja|mulai bekerja|masuk kerja|masuk|tanggal join|tmt masuk",
    "ended_on":
        "tgl keluar|tanggal keluar|tgl berhenti|tanggal berhenti|tgl resign|tanggal resign|resign date|end date|"
        "termination date|last day|last working day|hari terakhir|tanggal terakhir bekerja|tgl akhir kerja|"
        "hari terakhir bekerja|tgl berhenti bekerja|tanggal berhenti bekerja|ended on|tgl phk|tanggal phk|keluar|"
        "tanggal akhir kerja|hari kerja terakhir|tgl out|tanggal nonaktif|tgl nonaktif",
    "cause":
        "alasan|alasan keluar|alasan berhenti|sebab|sebab berhenti|sebab keluar|keterangan keluar|reason|cause|"
        "reason for leaving|alasan resign|alasan berhenti bekerja|sebab berhenti bekerja|leaving reason",
    "wage_type":
        "cara bayar|cara pembayaran|cara pengupahan|jenis upah|tipe upah|sistem upah|sistem pengupahan|"
        "periode upah|status upah|wage type|pay type|satuan upah|jenis pengupahan|cara dibayar|dibayar per|"
        "jenis gaji|cara bayar upah|pay basis",
    "pay":
        "gaji pokok|upah pokok|gapok|gp|gaji|upah|gaji dasar|upah dasar|upah sebulan|gaji sebulan|upah per bulan|"
        "upah perbulan|gaji perbulan|gaji per bulan|gaji bulanan|upah bulanan|basic|basic salary|basic wage|"
        "basic pay|base salary|base pay|salary|monthly salary|monthly wage|wage|wages|pay|upah dilaporkan|"
        "upah pokok sebulan|upah bulan ini|gaji pokok bulan ini|dasar upah|upah tk|nominal upah|nominal gaji|"
        "besar upah|besaran upah|upah terakhir|gajipokok|upah yang dilaporkan|upah pokok bulan ini|gaji upah|"
        "upah pokok gaji pokok|dasar pengenaan iuran|dasar iuran|upah pekerja|gaji karyawan",
    "daily":
        "upah harian|gaji harian|upah per hari|upah perhari|daily wage|daily rate|upah sehari|tarif harian|"
        "gaji per hari|gaji perhari|upah pokok harian|hk rate|rate harian",
    "gross":
        "gaji kotor|gaji bruto|gross|gross salary|gross pay|gross wage|total gaji|total upah|jumlah gaji|"
        "jumlah upah|total pendapatan|penghasilan bruto|total penghasilan|upah total|total gaji tunjangan|total|"
        "gaji total|upah kotor|upah bruto|jumlah|jml|total salary",
    "net":
        "gaji bersih|thp|take home pay|gaji diterima|netto|net pay|net salary|gaji netto|total diterima|"
        "jumlah diterima|upah bersih|upah diterima|diterima|net",
    "allowances":
        "tunjangan tetap|tunj tetap|tunjangan|tunj|tunjangan jabatan|tunj jabatan|tunjangan keluarga|"
        "tunj keluarga|tunjangan istri|tunjangan anak|tunjangan istri anak|tunjangan masa kerja|tunj masa kerja|"
        "tunjangan perumahan|tunj perumahan|tunjangan keahlian|fixed allowance|fixed allowances|allowance|"
        "allowances|jumlah tunjangan tetap|total tunjangan tetap|tunjangan kemahalan|tunjangan daerah|"
        "tunj tetap jabatan|position allowance|family allowance|tunjangan fungsional|tunjangan struktural",
    "variable":
        "tunjangan tidak tetap|tunj tidak tetap|tunj tdk tetap|tunjangan tdk tetap|tunjangan variabel|"
        "variable allowance|variable allowances|variable|uang makan|makan|transport|uang transport|tunj transport|"
        "tunj makan|tunjangan makan|tunjangan transport|tunjangan transportasi|lembur|uang lembur|overtime|bonus|"
        "insentif|incentive|kehadiran|uang kehadiran|tunjangan kehadiran|premi hadir|komisi|commission|"
        "jumlah tunjangan tidak tetap|total tunjangan tidak tetap|thr|upah lembur|meal allowance|"
        "transport allowance|uang makan transport|non fixed allowance|uang hadir",
    "contract":
        "status kerja|status karyawan|status pegawai|status|status kontrak|jenis kontrak|contract|contract type|"
        "employment type|pkwt pkwtt|status hubungan kerja|hubungan kerja|perjanjian kerja|jenis perjanjian kerja|"
        "status pekerja|status kepegawaian|pkwtt pkwt|status tk",
    "contract_until":
        "akhir kontrak|tgl akhir kontrak|tanggal akhir kontrak|kontrak sampai|habis kontrak|tgl habis kontrak|"
        "contract end|contract until|contract end date|kontrak berakhir|tanggal kontrak berakhir|akhir pkwt",
    "citizenship": "kewarganegaraan|warga negara|wn|wni wna|nationality|citizenship|kebangsaan",
    "withdrawn":
        "batal|batalkan|dibatalkan|ditarik|withdrawn|tidak seharusnya dilaporkan|bukan pekerja|batal ya",
    "unused":
        "no|nomor|nomer|no urut|nomor urut|num|number|nr|urut|agama|status perkawinan|status kawin|status ptkp|"
        "ptkp|pendidikan|nama ibu|nama ibu kandung|ibu kandung|npwp|bank|no rekening|nomor rekening|rekening|"
        "alamat|alamat ktp|alamat domisili|email|jabatan|posisi|departemen|dept|department|bagian|divisi|division|"
        "seksi|golongan|grade|level|position|job title|keterangan|ket|catatan|note|notes|remark|umur|usia|"
        "tempat lahir|no kk|iuran|iuran jkk|iuran jkm|iuran jht|iuran jp|jht|jkk|jkm|jp|jkp|pph 21|pph21|"
        "potongan|total potongan|hari kerja|hk|hari hadir|jumlah hari|ttd|tanda tangan|paraf|masa kerja|"
        "bpjs kesehatan|no bpjs kesehatan|npp|nama perusahaan|perusahaan|periode|bulan|pinjaman|"
        "status baris|dipahami sebagai|yang harus diperbaiki|row status|understood as|what to mend",
}  # fmt: skip

#: Every title, cleaned, to its field.
TITLES: dict[str, str] = {title: field for field, titles in WORDS.items() for title in titles.split("|")}
#: Several columns of these are added up.
SUMMED = frozenset({"allowances", "variable"})
#: What makes a row of titles.
TELLING = frozenset(
    {"nik", "member_number", "name", "pay", "daily", "gross", "allowances", "started_on", "worker_number"}
)
