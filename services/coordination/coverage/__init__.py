"""Coverage: place by theme by organization, where objectives have no activity and where several do the same (R21)."""
