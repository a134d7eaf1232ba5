"""Who votes where, and figures of a vote that deserve a look."""
