"""Ready-made stages.yaml files: one is copied into each new book."""
