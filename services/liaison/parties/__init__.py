"""Parties: whom the Centre talks with."""
