"""Plumbing between the features and Telegram; it knows no feature."""
