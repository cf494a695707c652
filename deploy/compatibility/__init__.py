"""Additive change only: what a new description of the API would break for clients of the last release."""

from deploy.compatibility.freezing import frozen, release, unlisted
from deploy.compatibility.operations import breaks

__all__ = ["breaks", "frozen", "release", "unlisted"]
