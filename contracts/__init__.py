"""What the services say to one another: vocabulary, labels and events. Pure data: no I/O, no service code."""
