"""Routing: which service serves what, and the way there."""
