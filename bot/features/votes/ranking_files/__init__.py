"""The ranking of a closed vote, as files to keep, print and lay before the gathering."""
