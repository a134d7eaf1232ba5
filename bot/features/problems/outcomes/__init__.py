"""What became of a problem: said by the facilitator, heard by its people, and put right by its author."""
