"""Contacts: the persons the Centre talks with, kept for a purpose and until a date (R4)."""
