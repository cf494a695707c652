"""Mandates: on which themes and countries, and up to which label, an organization may be informed."""
