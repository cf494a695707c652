"""Organizations the Centre works with, and their member States."""
