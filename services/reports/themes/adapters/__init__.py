"""What themes are told by: a table of how words begin, in English and Russian."""
