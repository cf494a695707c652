"""Initiatives of others, and what the Centre does to encourage them (R20)."""
