"""Pulling: feeds with an address are fetched when due, and taken in like what is delivered."""
