"""NATS with JetStream for one machine: the server from its wheel."""
