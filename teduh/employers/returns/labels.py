"""The fields of a wage return by the names people know them under; the template's titles are these."""

from __future__ import annotations

from teduh.core.text import Text

LABELS: dict[str, Text] = {
    "nik": Text("NIK", "NIK"),
    "member_number": Text("KPJ", "Member number (KPJ)"),
    "name": Text("Nama", "Name"),
    "birth_date": Text("Tanggal lahir", "Birth date"),
    "birth": Text("Tempat, tanggal lahir", "Place and date of birth"),
    "sex": Text("Jenis kelamin", "Sex"),
    "phone": Text("Nomor HP", "Phone"),
    "worker_number": Text("Nomor pekerja", "Worker number"),
    "worksite": Text("Tempat kerja", "Worksite"),
    "started_on": Text("Tanggal masuk", "Start date"),
    "ended_on": Text("Tanggal keluar", "End date"),
    "cause": Text("Alasan keluar", "Reason for leaving"),
    "wage_type": Text("Cara pengupahan", "Wage type"),
    "pay": Text("Upah pokok", "Basic wage"),
    "daily": Text("Upah harian", "Daily wage"),
    "gross": Text("Upah kotor", "Gross wage"),
    "net": Text("Upah bersih", "Net wage"),
    "allowances": Text("Tunjangan tetap", "Fixed allowances"),
    "variable": Text("Tunjangan tidak tetap", "Variable allowances"),
    "contract": Text("Jenis kontrak", "Contract type"),
    "contract_until": Text("Akhir kontrak", "Contract end"),
    "citizenship": Text("Kewarganegaraan", "Citizenship"),
    "withdrawn": Text("Batal", "Withdrawn"),
    "wage": Text("Upah", "Wage"),
}
