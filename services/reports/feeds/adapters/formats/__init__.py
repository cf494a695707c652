"""Formats: each reads one kind of file and yields the records in it as they stand; adapters share them."""
