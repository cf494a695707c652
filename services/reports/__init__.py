"""Reports (F2, F5): what is said, what happened, what the Centre makes of it, and who answers for the text."""
