"""Freshness: how old what is known of a place and theme is, by the evidence's own time (R11)."""
