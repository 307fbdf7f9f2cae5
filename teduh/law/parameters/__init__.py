"""The dated values of the law, one TOML file per subject; read by `teduh.law.rulebook`."""
