"""Piper: neural voices that work offline; what they are, their files, and how to get them."""
