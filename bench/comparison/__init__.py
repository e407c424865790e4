"""leadctl beside other programs for contacts and tasks: what each does, tried out."""
