"""The population table of a municipality, by which votes are weighed."""
