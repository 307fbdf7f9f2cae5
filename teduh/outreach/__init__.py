"""Messages to people: each is a row first, is sent after the commit, and reaches a channel once."""
