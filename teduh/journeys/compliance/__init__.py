"""Employers who do not do their part: the inspectors' list, cases and fines, instalments, what workers reported."""
