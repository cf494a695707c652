"""Writes of the hand-over: taking a package in, placing its records, mending, reviewing, signing, and making our own."""
