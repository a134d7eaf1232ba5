"""What residents report: writing, moderating, editing, joining, what became of it, and the printed sheets."""
