"""What places are read from: our tables of areas and zones, and boundaries that come in a package."""
