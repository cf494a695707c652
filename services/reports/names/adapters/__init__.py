"""The tables by which names are found."""
