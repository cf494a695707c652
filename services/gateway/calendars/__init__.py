"""Calendar feeds: who may read their calendar by an address alone."""
