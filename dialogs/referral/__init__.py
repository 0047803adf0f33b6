"""A referral raised in chat: Document 1a, guided by the criteria of Document 1."""
