"""The only code that knows typer, the terminal, the clock and the environment."""
