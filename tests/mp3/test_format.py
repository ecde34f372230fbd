from __future__ import annotations

import pytest

from sessions.mp3.format import Mp3Format, frame_bytes, frames_for, padding_for


@pytest.mark.parametrize("wrong", [(129, 2, 44_100), (48, 2, 44_100), (128, 3, 44_100)])
def test_figures_that_layer_iii_does_not_have_are_refused(wrong: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="MP3"):
        Mp3Format(*wrong)


def test_sample_rate_of_mpeg_2_is_refused() -> None:
    with pytest.raises(ValueError, match="22050"):
        Mp3Format(128, 2, 22_050)


def test_frame_of_128_kbit_is_417_or_418_bytes() -> None:
    sizes = {frame_bytes(128, 44_100, padding=padding) for padding in (False, True)}
    assert sizes == {417, 418}


@pytest.mark.parametrize("length", [1, 575, 576, 577, 1152, 44_100])
def test_padding_leaves_room_for_the_decoders_delay_and_is_no_longer_than_needed(
    length: int,
) -> None:
    assert 576 <= padding_for(length) < 576 + 1152
    assert frames_for(length) * 1152 == 576 + length + padding_for(length)
