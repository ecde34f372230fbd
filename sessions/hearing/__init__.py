"""Hear a finished file back: what a recognizer understands of its lines, beside what they say."""
