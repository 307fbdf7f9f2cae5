"""Contributions asked for, paid, settled, taken back and given back, whoever owes them.

`settlement` says which rule settles which kind of bill.
"""
