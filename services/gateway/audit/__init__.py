"""The audit trail of all services, in one list, and the seals they publish."""
