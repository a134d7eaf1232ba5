"""A problem put into words by a facilitator: wording, translation, the record for planning, dated notes."""
