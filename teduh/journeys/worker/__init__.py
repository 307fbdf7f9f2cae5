"""A wage earner and what his employers report and pay for him. `worker` is where doors come in."""
