"""Whether what was sent has arrived: the delivery ledger in plain words, and what was sent in a period."""
