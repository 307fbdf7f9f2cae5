"""Addresses of a wage earner's own pages, and of the same pages as officers open them for a purpose."""

from django.urls import path

from teduh.portals import member_leaving, member_reports, member_wages

urlpatterns = [
    path("saya/upah/", member_wages.wages, name="member_wages"),
    path("saya/upah/<int:line>/kenapa/", member_wages.why, name="member_wage_why"),
    path("saya/upah/<int:line>/jejak/", member_wages.trail, name="member_wage_trail"),
    path("saya/upah/saldo/<int:posting>/", member_wages.posting, name="member_posting"),
    path("saya/lapor/", member_reports.tell, name="member_report"),
    path("saya/berhenti/<int:employment>/", member_leaving.leave, name="member_leave"),
    path("saya/mandiri/", member_leaving.go_on, name="member_go_on"),
    path("lapor/", member_reports.start, name="report_start"),
    path("orang/<int:person>/upah/", member_wages.wages, name="person_wages"),
    path("orang/<int:person>/upah/<int:line>/kenapa/", member_wages.why, name="person_wage_why"),
    path("orang/<int:person>/upah/<int:line>/jejak/", member_wages.trail, name="person_wage_trail"),
    path("orang/<int:person>/upah/saldo/<int:posting>/", member_wages.posting, name="person_posting"),
    path("petugas/lapor/", member_reports.tell_for, name="report_for"),
]
