"""Pictures that an answer in chat shows: what is on them as data, and the drawing of it as a small PNG."""
