"""What the checks of a book look at in its records and events; each finding is a problem."""
