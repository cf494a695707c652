"""How every service runs: one app factory, one transaction per request or event, one way in and out of the bus."""
