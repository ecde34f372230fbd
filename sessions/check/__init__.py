"""Check: what is wrong with a script before it is spoken, and what could be better."""
