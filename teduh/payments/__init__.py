"""Bills, payment codes, money that arrives and goes back. It knows what is asked and paid, not what it buys."""
