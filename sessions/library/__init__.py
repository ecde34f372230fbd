"""The library: scripts by name or file, and what they include."""
