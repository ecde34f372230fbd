"""Named profiles: what a file must measure to suit a place, and what to do where it does not.

To add one: write its rules as a tuple, most of them made of the rows of `sessions.verify.rules`,
and give it a line in `PROFILES`, with where its figures come from.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sessions.verify.rules import (
    ARTIST,
    BALANCE,
    BED_TOLERANCE_LU,
    BEDTIME_BED_LU,
    BEDTIME_LUFS,
    CHAPTERS,
    CLIPPING,
    CLOSING,
    FIGURES,
    LENGTH,
    LINE_RISE,
    LOUDER_LU,
    MP3_ONLY,
    OPENING,
    PEAK,
    PODCAST_BED_LU,
    PODCAST_LUFS,
    RISE,
    SILENCE,
    SOUND,
    SWING,
    TITLE,
    TOLERANCE_LU,
    UNBOUND,
    WHOLE,
    Rule,
    bed,
    bitrate,
    judged,
    loudness,
    podcast_remedy,
    sample_rate,
    voice,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sessions.publish.report import Verdict
    from sessions.verify.measure import Measurements
    from sessions.verify.planned import Planned


@dataclass(frozen=True, slots=True)
class Profile:
    """A set of rules; `source` says where their figures come from."""

    name: str
    source: str
    rules: tuple[Rule, ...]


def judge(measurements: Measurements, profile: Profile) -> tuple[Verdict, ...]:
    """Hold measurements against the rules of a profile, in their order."""
    return tuple(judged(measurements, rule) for rule in profile.rules)


PROFILES: Mapping[str, Profile] = {
    profile.name: profile
    for profile in (
        Profile(
            "bedtime",
            "our own: no standard exists for the night; practitioners master at -20 LUFS",
            (
                LENGTH,
                voice(BEDTIME_LUFS - TOLERANCE_LU, BEDTIME_LUFS + TOLERANCE_LU),
                bed(BEDTIME_BED_LU),
                SWING,
                WHOLE,
                PEAK,
                RISE,
                LINE_RISE,
                SILENCE,
                OPENING,
                CLOSING,
                CLIPPING,
                SOUND,
                CHAPTERS,
                *FIGURES,
            ),
        ),
        Profile(
            "podcast-apple",
            "Apple Podcasts for Creators, 'Audio requirements': -16 dB LKFS within 1 dB, true peak "
            "of -1 dB FS at most; MP3 from 44.1 kHz and 64 kbit/s (32 in mono) on. Title, artist "
            "and chapters are ours",
            (
                LENGTH,
                loudness(
                    PODCAST_LUFS,
                    podcast_remedy,
                ),
                voice(None, None),
                bed(PODCAST_BED_LU),
                SWING,
                PEAK,
                sample_rate(44_100),
                replace(
                    bitrate(64),
                    value=lambda m: (
                        None if m.bitrate_kbps is None else m.bitrate_kbps * (3 - m.channels)
                    ),
                    note=lambda m: "mono counts twice" if m.channels == 1 else "",
                ),
                CLIPPING,
                SOUND,
                TITLE,
                ARTIST,
                CHAPTERS,
                *UNBOUND,
                *FIGURES,
            ),
        ),
        Profile(
            "podcast-spotify",
            "Spotify, 'Loudness normalization': plays at -14 LUFS, and asks for a true peak of "
            "-1 dB at most; 'Podcast Delivery Specification': MP3 from 96 to 320 kbit/s. The "
            "tolerance of 1 LU, title, artist and chapters are ours",
            (
                LENGTH,
                loudness(-14.0, "render with --loudness -14, or raise or lower the file"),
                *BALANCE,
                PEAK,
                bitrate(96, 320),
                CLIPPING,
                SOUND,
                TITLE,
                ARTIST,
                CHAPTERS,
                *UNBOUND,
                *FIGURES,
            ),
        ),
        Profile(
            "insight-timer",
            "Insight Timer, 'Best practices for content': recommends an MP3 of 128 kbit/s, held "
            "here as the least. It states no loudness; its 48 kHz is not judged. Clipping, faults "
            "and chapters are ours",
            (
                *(LENGTH, WHOLE, *BALANCE, MP3_ONLY, bitrate(128)),
                *(CLIPPING, SOUND, CHAPTERS, *UNBOUND, *FIGURES),
            ),
        ),
    )
}


def implied(plan: Planned | None) -> Profile:
    """Return the profile for a file that nobody named one for.

    A render of ours is for the night, unless it was asked for as a podcast; what was
    asked for takes the place of the usual levels and rises. A file of which no plan is known is
    taken for a podcast episode, for that has a published standard.
    """
    podcast = PROFILES["podcast-apple"]
    if plan is None:
        return podcast
    if plan.made_for == "podcast":
        high = PODCAST_LUFS + LOUDER_LU + TOLERANCE_LU
        podcast = bounded(podcast, "voice", PODCAST_LUFS - TOLERANCE_LU, high)
        return _bed_asked(podcast, plan, PODCAST_BED_LU)
    night = _bed_asked(PROFILES["bedtime"], plan, BEDTIME_BED_LU)
    if plan.rise_lu is not None:
        night = bounded(night, "rise", None, plan.rise_lu)
    if plan.asked_lufs is None:
        return night
    low, high = plan.asked_lufs - TOLERANCE_LU, plan.asked_lufs + TOLERANCE_LU
    return bounded(night, "voice", low, high)


def _bed_asked(profile: Profile, plan: Planned, usual_lu: float) -> Profile:
    """Return a profile that lets a bed be as near to the voice as was asked for."""
    if plan.asked_bed_lu is None:
        return profile
    return bounded(profile, "bed", min(usual_lu, -plan.asked_bed_lu) - BED_TOLERANCE_LU, None)


def bounded(profile: Profile, rule_id: str, low: float | None, high: float | None) -> Profile:
    """Return a profile in which one of its rules has other bounds."""
    if rule_id not in {rule.id for rule in profile.rules}:
        raise LookupError(rule_id)
    rules = (
        replace(rule, low=low, high=high) if rule.id == rule_id else rule for rule in profile.rules
    )
    return replace(profile, rules=tuple(rules))
