"""Playing a whole case from a file, through the same turn path as a live conversation, with a clock that the file moves."""
