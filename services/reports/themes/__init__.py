"""Themes: what a text speaks of, by rules that are data and can be explained."""
