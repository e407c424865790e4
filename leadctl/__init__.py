"""A command-line CRM over flat files."""

__version__ = "0.1.0"
