"""An organisation's side of a request: opening it, the nil return, the full return, signing off, asking for time."""
