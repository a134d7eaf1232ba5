"""Who did what to which problem, when, and how it was before and after."""
