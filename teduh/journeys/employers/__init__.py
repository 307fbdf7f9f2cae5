"""A firm with the fund: registered, its staff and machines, what it has to do now, and the end of an employment."""
