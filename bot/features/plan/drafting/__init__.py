"""The plan is published: read from a file, looked at, shown for discussion, adopted, and amended."""
