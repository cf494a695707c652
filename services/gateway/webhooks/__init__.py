"""Webhooks: signed notices to the systems of others (Standard Webhooks)."""
