"""The gateway: the one door."""
