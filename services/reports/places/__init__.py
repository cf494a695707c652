"""Places: where a point lies, as far as it may be said; areas by their many names and codes."""
