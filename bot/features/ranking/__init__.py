"""The ranking of a closed vote, as files a facilitator can show and defend."""
