"""Double entry, append-only, balanced by the shape of its rows. It knows accounts and amounts, not reasons."""
