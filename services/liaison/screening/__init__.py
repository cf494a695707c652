"""Screening of interlocutors against the consolidated list of the United Nations Security Council."""
