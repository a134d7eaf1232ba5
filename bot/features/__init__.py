"""One folder for each thing a person can do."""
