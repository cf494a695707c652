"""Clearance: who answers for a text, step by step, over the hash of its content (R9, R10)."""
