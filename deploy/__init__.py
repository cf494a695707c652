"""Runs the platform: servers, databases, keys, services and the command line."""
