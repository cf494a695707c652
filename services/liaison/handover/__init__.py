"""The hand-over from a closing office: a package that is checked, placed, reconciled, reviewed and signed for (R19)."""
