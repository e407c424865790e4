"""One report a module: rows of the index in, a view out."""
