"""The titles that columns bear: Bahasa, English, abbreviations, regional and official words, by field."""

from __future__ import annotations

import re

WORDS = {
    "nik":
        "nik|no nik|nomor nik|no ktp|nomor ktp|ktp|no e ktp|e ktp|nik ktp|nik e ktp|no nik ktp|nik kk|"
        "no induk kependudukan|nomor induk kependudukan|n i k|nomor identitas|no identitas|no id|id number|"
        "national id|national id number|identity number|identity card number|id card|id card number|nomor ktp nik|"
        "nik sesuai ktp|no ktp nik|nik no ktp",
    "name":
        "nama|nama lengkap|nama sesuai ktp|nama lengkap sesuai ktp|nama peserta|nama pekerja|nama anggota|"
        "nama warga|nama tenaga kerja|nama petani|nama nelayan|nama penerima|name|full name|nama calon peserta|nm|"
        "nama ktp|nama lengkap peserta|nama jelas|asma|jeneng|ngaran|nami|member name|participant name|nama tk|"
        "nama pekerja rentan",
    "birth_date":
        "tgl lahir|tanggal lahir|tgl lhr|tgl lahir dd mm yyyy|tanggal lahir dd mm yyyy|dob|date of birth|"
        "birth date|birthdate|birthday|tglahir|lahir|tgl kelahiran|tanggal kelahiran|hari lahir|born|"
        "tgl bln thn lahir|tanggal bulan tahun lahir",
    "birth":
        "ttl|tempat tanggal lahir|tempat tgl lahir|tempat dan tanggal lahir|tmpt tgl lahir|tpt tgl lahir|t t l|"
        "tempat tgl lhr|place and date of birth|place date of birth|place of birth date of birth",
    "birth_place":
        "tempat lahir|tmpt lahir|tmp lahir|tpt lahir|tempat|tmpt|kota lahir|place of birth|birth place|birthplace|"
        "tempat kelahiran",
    "sex":
        "jk|j k|l p|lk pr|p l|jenis kelamin|jns kelamin|jenis kel|jns klmn|kelamin|sex|gender|jenis kelamin l p|"
        "sex m f",
    "sex_male": "jenis kelamin l|jenis kelamin laki laki|jk l|laki laki|lk",
    "sex_female": "jenis kelamin p|jenis kelamin perempuan|jk p|perempuan|pr",
    "phone":
        "hp|no hp|nomor hp|no hp wa|no wa|wa|whatsapp|no whatsapp|nomor whatsapp|nomor wa|telepon|telp|tlp|"
        "no telp|no tlp|no telepon|nomor telepon|nomor telp|handphone|no handphone|nomor handphone|kontak|"
        "no kontak|phone|phone number|mobile|mobile number|mobile phone|contact|nohp|no ponsel|ponsel|"
        "nomor ponsel|no hp aktif|hp wa|telp hp|no telp hp|no tlp hp|cell phone|no hp whatsapp",
    "email": "email|e mail|surel|alamat email|email address|pos el",
    "address":
        "alamat|alamat lengkap|alamat ktp|alamat sesuai ktp|alamat rumah|alamat domisili|domisili|address|"
        "home address|alamat tinggal|alamat tempat tinggal|jalan|street",
    "rt_rw": "rt rw|rtrw",
    "rt": "rt|alamat rt",
    "rw": "rw|alamat rw",
    "hamlet":
        "dusun|kampung|lingkungan|dukuh|banjar|jorong|dsn|kp|pedukuhan|lorong|hamlet|dusun kampung|alamat dusun",
    "village":
        "desa|kelurahan|desa kelurahan|kelurahan desa|desa kel|kel desa|kel|nama desa|gampong|nagari|village|"
        "pekon|kalurahan|nama desa kelurahan|alamat desa|alamat kelurahan|ward|desa kelurahan gampong",
    "district": "kecamatan|kec|distrik|kapanewon|nama kecamatan|district|sub district|subdistrict|alamat kecamatan",
    "regency":
        "kabupaten|kab|kota|kabupaten kota|kab kota|kota kabupaten|kota kab|nama kabupaten|regency|city|"
        "regency city|municipality|alamat kabupaten",
    "province": "provinsi|propinsi|prov|province|alamat provinsi",
    "region_code":
        "kode wilayah|kode desa|kode kemendagri|kode kelurahan|kode wilayah desa|village code|region code|"
        "kd wilayah|kd desa|kode kecamatan",
    "works_in":
        "tempat kerja|lokasi kerja|lokasi usaha|alamat kerja|tempat bekerja|tempat usaha|alamat usaha|works in|"
        "work place|workplace|place of work|lokasi pekerjaan",
    "occupation":
        "pekerjaan|pekerjaan sesuai ktp|jenis pekerjaan|jenis usaha|usaha|mata pencaharian|profesi|kerja|"
        "pekerjaan utama|pekerjaan 1|jenis pekerjaan 1|occupation|job|work|profession|pekerjaan usaha|gawean|"
        "bidang usaha|bidang pekerjaan|pekerjaan jenis usaha|type of work|main occupation|jenis pekerjaan usaha|"
        "pkrjaan",
    "second_occupation":
        "pekerjaan 2|pekerjaan kedua|pekerjaan sampingan|usaha sampingan|pekerjaan tambahan|jenis pekerjaan 2|"
        "second occupation|occupation 2|second job|side job",
    "working":
        "masih bekerja|status bekerja|status pekerjaan|bekerja|status kerja|aktif bekerja|is working|working|"
        "bekerja ya tidak",
    "income":
        "penghasilan|pendapatan|upah|gaji|penghasilan perbulan|penghasilan per bulan|pendapatan perbulan|"
        "pendapatan per bulan|penghasilan bulanan|pendapatan bulanan|penghasilan sebulan|rata rata penghasilan|"
        "penghasilan rata rata|income|monthly income|income per month|wage|earnings|omzet|penghasilan rp|"
        "pendapatan rp|penghasilan juta|penghasilan ribu|penghasilan dalam juta|penghasilan dalam ribu|"
        "besaran penghasilan|dasar upah|upah dilaporkan|penghasilan bulan|pendapatan bulan",
    "programmes":
        "program|programme|programmes|programs|program diikuti|program yang diikuti|jenis program|pilihan program|"
        "kepesertaan|program bpjs|jml program|jumlah program|scheme",
    "jkk": "jkk|program jkk|iuran jkk|jkk rp",
    "jkm": "jkm|program jkm|iuran jkm|jkm rp",
    "jht": "jht|program jht|iuran jht|jht rp",
    "due":
        "iuran|iuran perbulan|iuran per bulan|jumlah iuran|total iuran|besar iuran|contribution|premium|premi|"
        "bayar|nominal iuran|iuran rp|iuran bulanan|iuran bulan|tagihan|jumlah bayar|amount due|total",
    "heir_name":
        "ahli waris|nama ahli waris|heir|heir name|name of heir|beneficiary|penerima manfaat|waris|aw|nama aw",
    "heir_relation":
        "hubungan|hubungan ahli waris|hub ahli waris|hubungan keluarga|hub keluarga|relation|relationship|hub|"
        "status hubungan|hubungan dengan peserta|hub waris|shdk ahli waris",
    "heir_birth_date": "tgl lahir ahli waris|tanggal lahir ahli waris",
    "heir_phone": "hp ahli waris|no hp ahli waris|telp ahli waris|no telp ahli waris",
    "note": "keterangan|ket|catatan|note|notes|remark|remarks|info",
    "number": "no|nomor|nomer|no urut|nomor urut|num|number|nr|#|urut",
    "age": "umur|usia|age|umur th|usia tahun",
    "family_card":
        "no kk|nomor kk|kk|kartu keluarga|no kartu keluarga|nomor kartu keluarga|family card|family card number|"
        "nkk|nomor kartu keluarga kk",
    "unused":
        "agama|status|status perkawinan|status kawin|status pernikahan|pendidikan|nama ibu|nama ibu kandung|"
        "ibu kandung|nama ayah|nama gadis ibu kandung|golongan darah|gol darah|tanda tangan|ttd|paraf|foto|"
        "religion|marital status|mother s name|mother s maiden name|signature|kewarganegaraan|nationality|kpj|"
        "no kpj|nomor kpj|no peserta|nomor peserta|kode pos|kodepos|postcode|postal code|zip|bank|no rekening|"
        "nomor rekening|rekening|npwp|shdk|nama pasangan|nama suami|nama istri|jumlah anak|timestamp|kelompok|"
        "nama kelompok|jabatan",
}  # fmt: skip

#: Every title, cleaned, to its field.
TITLES: dict[str, str] = {title: field for field, titles in WORDS.items() for title in titles.split("|")}

#: Titles that speak of the heir, and what each then holds.
HEIR = re.compile(r"\b(ahli waris|waris|heirs?|beneficiary|pewaris)\b")
KINDS_OF_HEIR = {
    "name": "heir_name", "birth_date": "heir_birth_date", "birth": "heir_birth_date", "phone": "heir_phone",
    "heir_relation": "heir_relation", "": "unused", "nik": "unused", "heir_name": "heir_name",
}  # fmt: skip
