"""Liaison (F1): Governments and, with their concurrence, other parties."""
