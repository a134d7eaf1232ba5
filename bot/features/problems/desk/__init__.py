"""The facilitator's desk: the queue of reported problems, and the way to the vote and the ranking."""
