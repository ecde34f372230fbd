"""One long recording of a script, cut into a file for each line.

`reading` makes of a recording how loud it is, every 10 ms, and what a listener gets; `quiet` finds
where something sounds, `windows` what is heard at once, `ear` has it heard. The words are laid
beside the script by `aligning`, letter by letter as `letters` compares them; `takes` chooses of
several tries of a line the last whole one, `places` says where it is cut, `cutting` does all of
that. `job` refuses what cannot be, with `refusing`, which says why; `writing` writes the files,
`labels` and `pauses` what a person may want besides. Only `reading`,
`writing` and `job` touch the disk.
"""
