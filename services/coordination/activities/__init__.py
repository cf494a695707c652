"""Activities of the country teams and others: who does what, where (R21)."""
