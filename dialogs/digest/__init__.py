"""The digest: what is to be done first, what is late and what falls due; weekly by itself, and whenever it is asked for."""
