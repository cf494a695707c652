"""Production: reports made of sections, sections of statements, statements of evidence (R8, R10)."""
