"""Django's settings, addresses and the server's entry point."""
