"""The session by one ffmpeg command: a filter graph of all clips over the looped bed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from bench.material import Material

SPEECH_OVER_THRESHOLD_DB = 18.0
THRESHOLD = 0.01
"""The compressor begins at -40 dB; speech at -20 LUFS has its RMS some 18 dB above."""


def command(
    mix: Material,
    folder: Path,
    output: Path,
    effort: int | None = None,
    length_samples: int | None = None,
) -> tuple[str, ...]:
    """Return the command that mixes the material in `folder` and writes an MP3.

    `effort` is LAME's quality, 0 (slow) to 9 (fast); None leaves ffmpeg's own choice. The
    bed goes on up to `length_samples`, where they are given.
    """
    script = folder / "graph.txt"
    end = mix.length_samples if length_samples is None else length_samples
    script.write_text(graph(mix, end), encoding="utf-8")
    clips = [word for placed in mix.clips for word in ("-i", str(folder / placed.file))]
    level = () if effort is None else ("-compression_level", str(effort))
    return (
        *("ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "warning", "-y"),
        *("-stream_loop", "-1", "-i", str(folder / mix.bed), *clips),
        *("-filter_complex_script", str(script), "-map", "[out]"),
        *("-c:a", "libmp3lame", "-b:a", f"{mix.bitrate_kbps}k", *level, str(output)),
    )


def graph(mix: Material, end: int) -> str:
    """Return the filter graph up to sample `end`: input 0 is the bed, 1 and on are the clips."""
    count = len(mix.clips)
    ratio = SPEECH_OVER_THRESHOLD_DB / (SPEECH_OVER_THRESHOLD_DB - mix.duck_db)
    delayed = [
        f"[{number}]adelay={placed.start_samples}S[clip{number}]"
        for number, placed in enumerate(mix.clips, start=1)
    ]
    clips = "".join(f"[clip{number}]" for number in range(1, count + 1))
    voice = f"{clips}amix=inputs={count}:normalize=0,volume={mix.voice_gain_db:.3f}dB"
    bed = f"[0]atrim=end_sample={end},volume={mix.bed_gain_db:.3f}dB"
    duck = f"sidechaincompress=threshold={THRESHOLD}:ratio={ratio:.3f}:attack=150:release=1500"
    fade_out = f"afade=t=out:ss={end - mix.fade_out_samples}:ns={mix.fade_out_samples}"
    return ";\n".join(
        (
            *delayed,
            f"{voice},pan=stereo|c0=c0|c1=c0,apad,asplit[voice][key]",
            f"{bed},afade=t=in:ns={mix.fade_in_samples}[bed]",
            f"[bed][key]{duck}[ducked]",
            f"[ducked][voice]amix=inputs=2:normalize=0:duration=first,{fade_out}[out]",
        )
    )
