"""Who may, and who did: accounts and roles, encrypted fields, privacy classes, an audit that cannot be edited."""
