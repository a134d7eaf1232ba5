"""Invitations: a one-time link makes a resident a facilitator, an officer or a monitor."""
