"""Read session scripts: Markdown with directives becomes a `Script`."""
