"""Efforts: what is being done to prevent conflict, by us or by others, collected like what goes wrong (F2)."""
