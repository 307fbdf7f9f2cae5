"""The titles of columns of placement lists: Bahasa, English and the abbreviations of agencies and missions."""

from __future__ import annotations

from teduh.migrants.exchange.messages import LABELS
from teduh.registry.sheets import titles as people
from teduh.registry.sheets.headers import plain
from teduh.registry.sheets.tables import Vocabulary

WORDS = {
    "nik": people.WORDS["nik"] + "|nik pmi|nik cpmi|nik tki|nik ctki|no ktp pmi|nik pekerja|indonesian id",
    "name":
        people.WORDS["name"] + "|nama pmi|nama cpmi|nama tki|nama ctki|nama pmi sesuai paspor|nama di paspor|"
        "nama sesuai paspor|name as in passport|worker name|name of worker|nama pekerja migran|nama lengkap pmi|"
        "nama lengkap cpmi|nama bmi|nama pekerja migran indonesia|passport name|worker",
    "birth_date": people.WORDS["birth_date"] + "|tgl lahir pmi|tanggal lahir pmi|tgl lahir cpmi|lahir tanggal",
    "birth": people.WORDS["birth"],
    "sex": people.WORDS["sex"],
    "phone": people.WORDS["phone"] + "|no hp pmi|no hp cpmi|nomor kontak|no kontak|kontak|no telepon pmi|mobile",
    "email": people.WORDS["email"],
    "passport":
        "no paspor|nomor paspor|paspor|passport|passport no|passport number|no passport|nomor passport|no pasport|"
        "pasport|no pspr|nopas|no paspor pmi|paspor no|paspor nomor|passport id|nomor paspor pmi|no paspor cpmi|ppt no|"
        "travel document|passport nomor|no dok perjalanan|nomor dokumen perjalanan|paspor splp|no paspor splp",
    "passport_until":
        "masa berlaku paspor|paspor berlaku sampai|tgl habis paspor|tanggal habis paspor|passport expiry|"
        "passport expiry date|passport valid until|tgl expired paspor|expired paspor|paspor masa berlaku|"
        "paspor berlaku s d|paspor tgl habis|passport expiry date|expiry date of passport|paspor habis berlaku|"
        "tgl berakhir paspor|masa laku paspor|date of expiry|paspor s d",
    "destination":
        "negara tujuan|negara|tujuan|negara penempatan|neg tujuan|destination|country|destination country|"
        "country of destination|negara tujuan penempatan|penempatan|tujuan negara|ngr tujuan|wilayah penempatan|"
        "host country|placement country|negara kerja|negara bekerja",
    "agency":
        "p3mi|nama p3mi|pptkis|pjtki|nama pptkis|nama pjtki|agency|agensi|pt|nama pt|perusahaan penempatan|"
        "indonesian agency|pelaksana penempatan|nama perusahaan p3mi|lembaga penempatan|p3mi pengirim|pt pengirim|"
        "sending agency|recruitment agency",
    "employer":
        "majikan|pengguna|majikan pengguna|nama majikan|nama pengguna|pemberi kerja|nama pemberi kerja|employer|"
        "employer name|name of employer|user|nama majikan pengguna|majikan pemberi kerja|nama user|perusahaan|"
        "nama perusahaan|company|pengguna jasa|nama pengguna jasa|company name|pengguna pemberi kerja|mitra usaha",
    "employer_address":
        "alamat majikan|alamat pengguna|alamat pemberi kerja|employer address|alamat perusahaan|alamat kerja|"
        "address of employer|company address|alamat di luar negeri|alamat tempat kerja|alamat majikan pengguna",
    "job":
        "jabatan|pekerjaan|posisi|job|job title|position|jenis pekerjaan|occupation|jabatan pekerjaan|sektor jabatan|"
        "bidang pekerjaan|jab|job category|kategori pekerjaan|jabatan di luar negeri|type of work|profesi",
    "starts":
        "mulai kontrak|tgl mulai kontrak|tanggal mulai kontrak|kontrak mulai|awal kontrak|tgl awal kontrak|"
        "contract start|contract start date|start of contract|start date|mulai perjanjian|tgl mulai pk|mulai pk|"
        "kontrak awal|contract from|tanggal awal kontrak|kontrak kerja mulai|perjanjian kerja mulai|tgl kontrak|"
        "tanggal kontrak|mulai kerja|tgl mulai kerja|kontrak dari|pk mulai|contract start on|"
        "tgl mulai perjanjian kerja|mulai kontrak kerja|masa kontrak mulai|masa kontrak awal|periode kontrak mulai|"
        "mulai",
    "ends":
        "akhir kontrak|tgl akhir kontrak|tanggal akhir kontrak|kontrak akhir|kontrak berakhir|habis kontrak|"
        "tgl habis kontrak|contract end|contract end date|end of contract|end date|akhir perjanjian|tgl akhir pk|"
        "akhir pk|contract to|contract until|selesai kontrak|kontrak selesai|kontrak kerja akhir|kontrak s d|"
        "perjanjian kerja akhir|tanggal habis kontrak|finish contract|tgl selesai kontrak|kontrak sampai|pk akhir|"
        "kontrak habis|finish kontrak|akhir kontrak kerja|masa kontrak akhir|masa kontrak berakhir|"
        "periode kontrak akhir|kontrak kerja berakhir|tgl akhir perjanjian kerja|contract expiry|akhir|berakhir",
    "months":
        "lama kontrak|lama kontrak bulan|lama kontrak bln|durasi kontrak|masa kontrak|masa kontrak bulan|"
        "masa kontrak bln|jangka waktu|jangka waktu kontrak|contract duration|contract length|contract period|"
        "contract months|duration|duration months|bulan kontrak|kontrak bulan|kontrak bln|lama bulan|lama|"
        "contract duration months|jml bulan|durasi bulan|kontrak lama|lama pk|contract term|kontrak lama bulan",
    "departs_on":
        "tgl berangkat|tanggal berangkat|tgl keberangkatan|tanggal keberangkatan|berangkat|departure date|"
        "departure|date of departure|tgl terbang|tanggal terbang|flight date|tgl brkt|rencana berangkat|"
        "tgl rencana berangkat|tgl penerbangan|jadwal terbang|tgl penempatan|tanggal penempatan|departed on",
    "paid":
        "status bpjs|status bpjs paid|paid|lunas|status bayar|status pembayaran|bpjs|bpjs tk|bpjstk|status bpjs tk|"
        "status bpjstk|bpjs ketenagakerjaan|status bpjs ketenagakerjaan|status iuran|bayar|sudah bayar|payment status|"
        "insurance paid|status kepesertaan|kepesertaan|jaminan sosial|jamsos|status jamsos|asuransi|status asuransi|"
        "bpjs paid|bpjs status|is paid|kepesertaan bpjs|status lunas|pembayaran bpjs|status bpjs pmi|bpjs pmi|"
        "bpjs lunas",
    "paid_until":
        "bpjs sampai|bpjs s d|masa berlaku bpjs|masa perlindungan|perlindungan sampai|bpjs berlaku sampai|"
        "paid until|insured until|covered until|bpjs valid until|aktif sampai|terlindungi sampai|akhir perlindungan|"
        "masa aktif bpjs|bpjs aktif sampai|lunas sampai|akhir bpjs|perlindungan s d|protected until",
    "address": people.WORDS["address"] + "|alamat asal|alamat di indonesia|alamat pmi|alamat cpmi",
    "village": people.WORDS["village"],
    "district": people.WORDS["district"] + "|kecamatan asal",
    "regency":
        people.WORDS["regency"] + "|kab asal|kabupaten asal|kota asal|kab kota asal|kabupaten kota asal|daerah asal|"
        "asal|asal daerah|kota kabupaten asal|origin|district of origin|daerah asal pmi",
    "province": people.WORDS["province"] + "|provinsi asal|prov asal",
    "region_code": people.WORDS["region_code"],
    "unused":
        people.WORDS["unused"].replace("|jabatan", "") + "|no|nomor|nomer|no urut|nomor urut|num|number|nr|urut|"
        "keterangan|ket|catatan|note|notes|remark|remarks|tempat lahir|place of birth|tmpt lahir|umur|usia|age|no kk|"
        "nomor kk|kk|visa|no visa|nomor visa|gaji|upah|salary|wage|id pmi|id tki|no id pmi|sektor|sector|sip|no sip|"
        "tgl terbit paspor|paspor tgl terbit|passport issue date|tempat terbit paspor|arc|no arc|arc no|tinggi|berat|"
        "jo|no jo|job order|agensi luar negeri|agency luar negeri|mitra agency|foreign agency|embarkasi|bandara|"
        "flight|no penerbangan|nomor penempatan|no penempatan|placement number|status|status pmi|keadaan|"
        "tgl lahir ahli waris|tanggal lahir ahli waris|kota|kota penempatan|terdaftar|tgl daftar|tanggal daftar|"
        "ahli waris|nama ahli waris|hubungan|hubungan ahli waris|hp ahli waris|no hp ahli waris|heir|heir name|"
        "relation|nama keluarga|keluarga yang dihubungi|kontak darurat|no hp keluarga|hp keluarga|telp keluarga|"
        "status baris|dipahami sebagai|yang harus diperbaiki|row status|understood as|what to mend|agency taiwan|"
        "program|skema|scheme",
}  # fmt: skip

#: Of each field its own label, as the template has it; then what others write.
TITLES: dict[str, str] = {
    **{plain(title): field for field in WORDS if field in LABELS for title in (LABELS[field].id, LABELS[field].en)},
    **{title: field for field, titles in WORDS.items() for title in titles.split("|")},
}
#: What makes a row of titles.
TELLING = {
    "nik": 2, "passport": 2, "name": 2, "birth_date": 1, "birth": 1, "destination": 1, "employer": 1, "job": 1,
    "starts": 1, "ends": 1, "months": 1, "departs_on": 1, "paid": 1, "agency": 1,
}  # fmt: skip


def _is_usable(fields: frozenset[str]) -> bool:
    """Somebody is named, by whatever the other side knows him."""
    return bool(fields & {"nik", "passport"}) or {"name"} <= fields and bool(fields & {"birth_date", "birth"})


VOCABULARY = Vocabulary(TITLES, TELLING, _is_usable)
