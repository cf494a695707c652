"""Feeds: who delivers what happens on the ground, how far it is trusted, and whether it still speaks (R7)."""
