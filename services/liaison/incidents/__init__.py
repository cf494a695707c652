"""Incidents as liaison knows them: what reports said of each when it was last graded."""
