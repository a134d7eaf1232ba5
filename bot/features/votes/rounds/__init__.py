"""The facilitator's side of a vote: opened, watched, closed and published."""
