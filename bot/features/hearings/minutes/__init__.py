"""The record of a hearing: written, printed and sent."""
