"""What a typed request means: its intent, its slots and how sure that is. Pure, deterministic and offline."""
