"""The command line: options become settings, one call, and something to read."""
