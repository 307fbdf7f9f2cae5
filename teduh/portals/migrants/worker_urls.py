"""Addresses for the worker abroad, the family at home, and whoever was sent a bill."""

from django.urls import path, re_path

from teduh.portals.migrants import (
    family,
    joining,
    joining_forms,
    share,
    worker,
    worker_changes,
    worker_extending,
    worker_family,
    worker_matters,
    worker_onward,
    worker_papers,
    worker_paying,
)

STEP = f"(?P<name>{'|'.join(joining_forms.STEPS)})"
BILL = "(?P<number>[A-Z0-9-]{1,20})"
MATTER = "(?P<number>[A-Za-z0-9-]{1,20})"
OF_FAMILY = {"of_family": True}

joining_steps = [
    path("migran/", joining.front, name="migrants"),
    path("migran/daftar/", joining.start, {"door": joining.BEFORE}, name="migrant_before"),
    path("migran/dari-luar-negeri/", joining.start, {"door": joining.ABROAD}, name="migrant_abroad"),
    re_path(rf"^migran/daftar/{STEP}/$", joining.step, {"door": joining.BEFORE}, name="migrant_before_step"),
    re_path(rf"^migran/dari-luar-negeri/{STEP}/$", joining.step, {"door": joining.ABROAD}, name="migrant_abroad_step"),
]
of_worker = [
    path("saya/migran/", worker.home, name="migrant_home"),
    path("saya/migran/terdaftar/", joining.joined, name="migrant_joined"),
    path("saya/migran/bayar/", worker_paying.pay, name="migrant_pay"),
    re_path(rf"^saya/migran/tagihan/{BILL}/$", worker_paying.bill, name="migrant_bill"),
    path("saya/migran/perpanjang/", worker_extending.extend, name="migrant_extend"),
    path("saya/migran/perjanjian/", worker_changes.agreement, name="migrant_agreement"),
    path("saya/migran/ubah/", worker_changes.changes, name="migrant_change"),
    path("saya/migran/ubah/perbaiki/", worker_changes.correct, name="migrant_correct"),
    re_path(rf"^saya/migran/ubah/(?P<what>{'|'.join(worker_changes.KINDS)})/$", worker_changes.change,
            name="migrant_change_one"),
    path("saya/migran/pulang/", worker_onward.onward, name="migrant_onward"),
    path("saya/migran/dokumen/", worker_papers.papers, name="migrant_papers"),
    path("saya/migran/keluarga/", worker_family.relatives, name="migrant_family"),
    path("saya/migran/keluarga/<int:relative>/", worker_family.rights, name="migrant_relative"),
    path("saya/migran/keluarga/<int:relative>/kode/", worker_family.again, name="migrant_relative_code"),
    path("saya/migran/keluarga/<int:relative>/akhiri/", worker_family.end, name="migrant_relative_end"),
    path("saya/urusan/", worker_matters.matters, name="matters"),
    path("saya/urusan/baru/", worker_matters.new, name="matter_new"),
    re_path(rf"^saya/urusan/{MATTER}/$", worker_matters.matter, name="matter"),
]  # fmt: skip
of_family = [
    path("keluarga/", family.home, name="family"),
    path("keluarga/daftar/", family.sign_up, name="family_sign_up"),
    path("keluarga/kode/", family.spend, name="family_code"),
    path("keluarga/urusan/", worker_matters.matters, OF_FAMILY, name="family_matters"),
    path("keluarga/urusan/baru/", worker_matters.new, OF_FAMILY, name="family_matter_new"),
    re_path(rf"^keluarga/urusan/{MATTER}/$", worker_matters.matter, OF_FAMILY, name="family_matter"),
    path("keluarga/<int:relative>/", worker.home, name="family_home"),
    path("keluarga/<int:relative>/bayar/", worker_paying.pay, name="family_pay"),
    re_path(rf"^keluarga/(?P<relative>\d{{1,18}})/tagihan/{BILL}/$", worker_paying.bill, name="family_bill"),
    path("keluarga/<int:relative>/perpanjang/", worker_extending.extend, name="family_extend"),
    path("keluarga/<int:relative>/akhiri/", family.leave, name="family_leave"),
]
shared = [path("kirim/<str:token>/", share.shared, name="shared_bill")]
urlpatterns = [*joining_steps, *of_worker, *of_family, *shared]
