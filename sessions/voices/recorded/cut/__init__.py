"""One long recording of a script, cut into a file for each line. Pure, but for `reading` and
`writing`.

`reading` makes of the recording how loud it is, every 10 ms, and what a listener gets; `quiet` finds
where something sounds, `windows` what is heard at once. What was heard, as words with times, is laid
beside the script by `aligning`, letter by letter as `letters` compares them; `takes` chooses of
several tries of a line the last whole one, `places` says where it is cut.
"""
