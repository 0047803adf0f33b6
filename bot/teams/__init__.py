"""The Teams door: what comes in from the Bot Connector, and what goes out through it."""
