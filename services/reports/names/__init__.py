"""Names of persons in what sources say: found by rule, marked by people, withheld in what goes out (R4)."""
