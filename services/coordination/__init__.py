"""Coordination: with whom, on what mandate, what is released, and who does what (F3, F4)."""
