#!/usr/bin/env python3
"""Django's own commands, for developers (`manage.py makemigrations`); operators use `teduh`."""

import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "teduh.site.settings")
execute_from_command_line(sys.argv)
