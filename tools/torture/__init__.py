"""Tries hard to make leadctl lose something: kills, faults, full disks, crowds and editors.

`python -m tools.torture --help` tells which tortures there are; docs/explanation/safety.md tells
what is promised, and gives the numbers of a full run.
"""
