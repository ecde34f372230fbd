"""What is rounded to 16 bits once comes back as it was."""

from __future__ import annotations

import numpy as np

from sessions.pcm import clip_pcm, codec_pcm, of_clip_pcm

WHOLE = np.arange(-32_767, 32_768).astype(np.int16)


def test_a_clip_comes_back_to_the_bit_and_one_is_full_scale_with_either_sign() -> None:
    assert np.array_equal(clip_pcm(of_clip_pcm(WHOLE)), WHOLE)
    assert clip_pcm(np.array([1.0, -1.0, 3.0, -3.0], np.float32)).tolist() == [32_767, -32_767] * 2


def test_a_codec_gets_what_its_decoder_gives() -> None:
    decoded = WHOLE.astype(np.float32) / np.float32(32_768)
    assert np.array_equal(codec_pcm(decoded), WHOLE)
    assert codec_pcm(np.array([1.0, -1.0], np.float32)).tolist() == [32_767, -32_768]


def test_what_a_codec_makes_softer_is_given_to_it_louder() -> None:
    assert codec_pcm(np.array([0.25, 0.9], np.float32), 0.5).tolist() == [16_384, 32_767]
