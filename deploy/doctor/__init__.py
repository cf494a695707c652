"""`goodoffices doctor`: what is wrong with a platform, and the command that mends it."""
