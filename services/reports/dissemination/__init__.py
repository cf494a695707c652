"""Dissemination: reports as pages and PDFs, and their recall."""
