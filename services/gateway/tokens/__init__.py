"""Access tokens: given for client credentials (RFC 6749) and taken back (RFC 7009)."""
