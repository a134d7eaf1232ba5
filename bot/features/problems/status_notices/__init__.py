"""What author and supporters hear of their problem, one message for one step or one for several."""
