"""The public XML of the United Nations Security Council consolidated list."""
