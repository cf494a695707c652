"""The framework: objectives per place and theme, and what covers them (R21)."""
