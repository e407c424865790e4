"""What becomes of the rows of a foreign table. Pure; the files are read by `exchange`."""
