"""Concurrence: a Government's consent to talks with other parties (R1-R3)."""
