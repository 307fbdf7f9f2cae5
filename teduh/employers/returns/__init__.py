"""The monthly wage return as HR clerks make it: read column by column, checked against register, last month and law.

Nothing here writes; a file goes in, columns with findings, and the difference to last month, come out.
"""
