"""`python -m sessions` is the command `sessions`."""

from __future__ import annotations

from sessions.cli import main

if __name__ == "__main__":
    main()
