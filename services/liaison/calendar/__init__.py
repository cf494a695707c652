"""The calendar: engagements, commitments and replies by the day they fall on, as a list and as iCalendar."""
