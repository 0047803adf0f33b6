"""The console: every conversation in a terminal, cards as text, several people in turn. Local mode only."""
