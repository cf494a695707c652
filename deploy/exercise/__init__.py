"""Exercise data: invented, marked as such, loaded through the public API like anybody's data."""
