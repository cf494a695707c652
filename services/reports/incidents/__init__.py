"""Incidents: what happened, told by one or more sources that each keep their word (R6)."""
