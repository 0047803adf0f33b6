"""The same person in several channels: accounts are linked with a code, and unlinked again."""
