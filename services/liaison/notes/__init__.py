"""Notes to file: the internal record of an engagement, and its readout, the public version."""
