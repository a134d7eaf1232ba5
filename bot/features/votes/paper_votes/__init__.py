"""Gatherings that vote on paper: tallies entered at the desk or by a spreadsheet, and what is printed."""
