"""Tickets of another hotline from a spreadsheet: columns named, rows judged, and only then reported."""
