"""Read session scripts: Markdown with directives becomes a `Draft`, and that a `Script`.

The grammar is `page` (places), `blocks` (headings and paragraphs), `inline` (marks and brackets),
`recognize` with `directives` (what a bracket asks for) and `parser`, in this order; the rest reads
the words within. Nothing here touches a disk.
"""
