"""What a facilitator takes away from the desk: a poster that invites, and the list of problems."""
