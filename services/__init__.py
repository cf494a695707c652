"""The services; each has a folder per capability, and none imports another."""
