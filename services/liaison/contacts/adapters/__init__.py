"""Files of contacts: CSV and vCard 4.0, in and out. Each reader yields rows that the same entry then judges."""
