"""What must be fast, as ratios against a peer or a limit in the same run; absolute times mean little here."""
