"""Triage: what needs a person first, who has taken it on, what was discarded and why, and translations beside what sources say."""
