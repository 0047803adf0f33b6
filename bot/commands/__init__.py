"""The `cspr` commands, one module each. A module adds its parser with `add_to` and does its work in `run`."""
