"""Exchange: what is released to whom, on which decision, and what is taken back (R13-R16)."""
