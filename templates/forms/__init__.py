"""Forms as data: one definition gives the conversation, the window, the checks, the document and the completeness report."""
