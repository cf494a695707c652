"""The brief for a meeting: what an officer should know on the way there, of what that officer may see."""
