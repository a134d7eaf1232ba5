"""Announcing a hearing, changing it, and calling it off."""
