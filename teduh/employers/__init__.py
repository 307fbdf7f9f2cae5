"""Employers: worksites, employments, the monthly wage return, projects, and what follows unpaid months."""
