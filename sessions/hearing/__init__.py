"""Hear what a finished file says, as somebody who does not know the text: the extra `listen`."""
