"""Addresses of projects, cases and the inspectors' pages."""

from django.urls import path

from teduh.portals import compliance, employer_urls, inspector, inspector_reports, projects

FIRM = employer_urls.FIRM

urlpatterns = [
    path(f"{FIRM}/proyek/", projects.listed, name="employer_projects"),
    path(f"{FIRM}/proyek/baru/", projects.new, name="employer_project_new"),
    path(f"{FIRM}/proyek/<slug:number>/", projects.one, name="employer_project"),
    path(f"{FIRM}/kepatuhan/", compliance.listed, name="employer_cases"),
    path(f"{FIRM}/kepatuhan/<slug:number>/", compliance.one, name="employer_case"),
    path(f"{FIRM}/kepatuhan/<slug:number>/surat/<number:step>/", compliance.printed, name="employer_letter"),
    path("petugas/proyek/", projects.officer_list, name="officer_projects"),
    path("pengawas/", inspector.home, name="inspector"),
    path("pengawas/daftar.csv", inspector.sheet, name="inspector_sheet"),
    path("pengawas/tujuan/", inspector.forget_purpose, name="inspector_purpose"),
    path("pengawas/usaha/<number:employer>/", inspector.firm, name="inspector_firm"),
    path("pengawas/perkara/", inspector.case_list, name="cases"),
    path("pengawas/perkara/<slug:number>/", inspector.case, name="case"),
    path("pengawas/perkara/<slug:number>/surat/<number:step>/", inspector.letter, name="case_letter"),
    path("pengawas/laporan/", inspector_reports.listed, name="worker_reports"),
    path("pengawas/laporan/<slug:number>/", inspector_reports.one, name="worker_report_one"),
]
