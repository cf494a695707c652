"""Records of talks: the notes to file and readouts of liaison that a report may cite, by reference and label only."""
