"""Forget me: a person leaves, and what they gave to everybody stays without them."""
