"""Packages on disk: unpacked with care, checked against their manifests, read line by line, and written."""
