"""Reads of the hand-over."""
