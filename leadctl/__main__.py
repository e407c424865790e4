"""`python -m leadctl` is the same as `leadctl`."""

from leadctl.cli.main import run

run()
