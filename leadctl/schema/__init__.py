"""The JSON Schema of stages.yaml, with which editors check and explain the file."""
