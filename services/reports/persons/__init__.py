"""Persons named in observations: found by rule, confirmed or dismissed by people (R4)."""
