"""Searches a person keeps: what newly fits is noted, and its owner told."""
