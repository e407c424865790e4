"""The only code that knows SQLite: what the files say, in a form that answers questions fast."""
