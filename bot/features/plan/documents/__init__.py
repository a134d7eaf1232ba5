"""The papers of a municipality, with what each is for."""
