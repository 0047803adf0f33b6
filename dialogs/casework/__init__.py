"""A case from the decision to its end: what everybody who runs it shares, its machine and its clocks."""
