"""Lists that placement agencies, the government's placement and missions hand over: read, matched with our people, and
compared. It decides nothing and registers nobody."""
