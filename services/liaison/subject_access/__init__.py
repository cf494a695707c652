"""Subject access: a person asks what liaison holds on them (R4)."""
