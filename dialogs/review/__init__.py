"""The rapid review: its meeting, the pack, the panel's own sections, the decision and the letter to the National Panel."""
