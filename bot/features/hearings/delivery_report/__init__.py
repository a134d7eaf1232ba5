"""What became of a notice: the progress bar, the dispatch report, and the sheet for the board."""
