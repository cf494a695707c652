"""Intake: nothing sent is lost (R5)."""
