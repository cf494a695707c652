"""What the gateway speaks with the services behind it."""
