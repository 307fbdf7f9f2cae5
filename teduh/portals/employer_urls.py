"""Addresses of a firm's pages and of the officer's pages for firms."""

from django.urls import include, path, re_path, register_converter

from teduh.portals import (
    employer,
    employer_bills,
    employer_check,
    employer_door,
    employer_filed,
    employer_firm,
    employer_keys,
    employer_leaving,
    employer_returns,
    employer_sign_up,
    employer_sites,
    employer_staff,
    employer_typing,
    employer_workers,
    officer_employers,
)

register_converter(employer_door.MonthInAddress, "month")
register_converter(employer_door.NumberInAddress, "number")
register_converter(employer_door.SheetInAddress, "sheet")

FIRM = "usaha/<number:employer>"
RETURN = f"{FIRM}/laporan/<number:wage_return_id>"

way_in = [
    path("usaha/", employer.firms, name="employers"),
    path("usaha/akun/", employer_sign_up.open_account, name="employer_account"),
    path("usaha/baru/", employer_sign_up.start, name="employer_new"),
    re_path(
        rf"^usaha/baru/(?P<name>{'|'.join(employer_sign_up.STEPS)})/$", employer_sign_up.step, name="employer_new_step"
    ),
]
of_firm = [
    path(f"{FIRM}/", employer.home, name="employer_home"),
    path(f"{FIRM}/data/", employer_firm.data, name="employer_data"),
    path(f"{FIRM}/data/ubah/", employer_firm.details, name="employer_details"),
    path(f"{FIRM}/data/ukuran/", employer_firm.profile, name="employer_profile"),
    path(f"{FIRM}/data/kontak/", employer_firm.contact, name="employer_contact"),
    path(f"{FIRM}/data/rekening/", employer_firm.bank, name="employer_bank"),
    path(f"{FIRM}/data/lokasi/", employer_sites.new, name="employer_site"),
    path(f"{FIRM}/data/lokasi/<number:number>/", employer_sites.risk, name="employer_risk"),
    path(f"{FIRM}/data/staf/", employer_staff.add, name="employer_staff"),
    path(f"{FIRM}/data/staf/<number:staff>/akhiri/", employer_staff.remove, name="employer_staff_end"),
    path(f"{FIRM}/data/kunci/", employer_keys.keys, name="employer_keys"),
    path(f"{FIRM}/data/kunci/<number:token>/cabut/", employer_keys.revoke, name="employer_key_end"),
    path(f"{FIRM}/pekerja/", employer_workers.workers, name="employer_workers"),
    path(f"{FIRM}/pekerja/berhenti/", employer_leaving.leavings, name="employer_leavings"),
    path(f"{FIRM}/pekerja/berhenti/<number:leaving_id>/", employer_leaving.answer, name="employer_leaving_answer"),
    path(f"{FIRM}/pekerja/<number:employment>/", employer_workers.worker, name="employer_worker"),
    path(f"{FIRM}/pekerja/<number:employment>/berhenti/", employer_leaving.end, name="employer_end"),
]
of_returns = [
    path(f"{FIRM}/laporan/", employer_returns.returns, name="employer_returns"),
    path(f"{FIRM}/laporan/<month:month>/", employer_returns.month, name="employer_month"),
    path(f"{FIRM}/laporan/<month:month>/ketik/", employer_typing.typing, name="employer_typing"),
    path(f"{FIRM}/laporan/<month:month>/nihil/", employer_returns.nil, name="employer_nil"),
    path(f"{FIRM}/laporan/<month:month>/lembar-kosong.xlsx", employer_returns.template, name="employer_template"),
    path(f"{FIRM}/laporan/<month:month>/lembar-terisi.xlsx", employer_returns.prefilled, name="employer_prefilled"),
    path(f"{RETURN}/periksa/", employer_check.check, name="employer_check"),
    path(f"{RETURN}/perbaikan.xlsx", employer_check.mended, name="employer_mended"),
    path(f"{RETURN}/buang/", employer_check.discard, name="employer_discard"),
    path(f"{RETURN}/", employer_filed.filed, name="employer_filed"),
    path(f"{RETURN}/rincian.<sheet:kind>", employer_filed.download, name="employer_download"),
    path(f"{FIRM}/baris/<number:line>/", employer_filed.line, name="employer_line"),
]
of_bills = [
    path(f"{FIRM}/tagihan/", employer_bills.bills, name="employer_bills"),
    path(f"{FIRM}/tagihan/<slug:number>/", employer_bills.bill, name="employer_bill"),
]
of_officer = [
    path("petugas/pemberi-kerja/", officer_employers.search, name="officer_employers"),
    path("petugas/pemberi-kerja/risiko/", officer_employers.risks, name="officer_risks"),
    path("petugas/pemberi-kerja/risiko/<number:risk>/", officer_employers.risk, name="officer_risk"),
    path("petugas/pemberi-kerja/berhenti/", officer_employers.leavings, name="officer_leavings"),
    path("petugas/pemberi-kerja/berhenti/<number:leaving_id>/", officer_employers.decide, name="officer_leaving"),
]
urlpatterns = [
    *way_in, *of_firm, *of_returns, *of_bills, *of_officer, path("", include("teduh.portals.employer_more_urls")),
]  # fmt: skip
