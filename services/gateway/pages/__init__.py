"""Pages: the web client's files and addresses."""
