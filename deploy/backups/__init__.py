"""Backup and restore of a whole platform: its databases of one moment, its keys, its packages."""
