"""`cspr doctor`: what is wrong with an installation, and what to do about it. One small file a kind of check."""
