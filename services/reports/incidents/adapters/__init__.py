"""What incidents ask of others: the language of a text."""
