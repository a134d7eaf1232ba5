"""What goes from the screening into the deciding vote."""
