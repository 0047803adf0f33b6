"""What is decided and said: one module a conversation. Pure: no clock, no network, no database of its own."""
