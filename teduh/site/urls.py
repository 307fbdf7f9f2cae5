"""Which door an address opens."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("api/", include("teduh.api.urls")),
    path("", include("teduh.portals.urls")),
]
