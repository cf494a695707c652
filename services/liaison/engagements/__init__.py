"""Engagements: meetings, calls, visits, and what they need before they may take place."""
