"""What is to be done for contacts: follow-ups, and the action plans that make them. Pure."""
