"""What is loaded from data: how urgency is counted."""
