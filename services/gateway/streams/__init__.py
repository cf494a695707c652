"""Streams: events as they happen, to those who may know of them."""
