"""The people's door: pages for members, agents and officers, drawn on the server. It decides nothing."""
