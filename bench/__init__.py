"""How fast leadctl is, beside other programs, on made-up books of any size."""
