"""Data from other programs, in and out."""
