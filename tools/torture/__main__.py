"""The command line of the tortures: which, how long, with which seed."""

from __future__ import annotations

import sys

from tools.torture.running import main

sys.exit(main(sys.argv[1:]))
