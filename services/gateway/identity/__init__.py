"""Identity: who comes through the door."""
