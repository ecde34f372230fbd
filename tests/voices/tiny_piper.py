"""A voice for Piper of some kilobytes, made here, that its unmodified library loads.

Each phoneme sounds for `HOP` samples times the length scale, as a tone with a little noise of its
own dice: the real voices roll dice too.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from onnx import ModelProto, TensorProto

RATE_HZ = 22_050
HOP = 1500
SYMBOLS = "_^$ abcdefghijklmnopqrstuvwxyzæçðøŋœɐɑɒɔəɚɛɜɡɣɪɫɵɹɾʀʁʃʉʊʋʌʏʒʔʰˈˌː̩.,;:!?"  # noqa: RUF001 -- IPA


def make_voice(folder: Path, name: str = "nl_NL-tiny-medium", espeak_voice: str = "nl") -> Path:
    """Write a voice's two files and return the model's."""
    from onnx import save

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.onnx"
    save(model(), str(path))
    config = {
        "audio": {"sample_rate": RATE_HZ},
        "espeak": {"voice": espeak_voice},
        "inference": {"noise_scale": 0.667, "length_scale": 1.0, "noise_w": 0.8},
        "num_symbols": len(SYMBOLS),
        "num_speakers": 1,
        "phoneme_type": "espeak",
        "phoneme_id_map": {symbol: [number] for number, symbol in enumerate(SYMBOLS)},
    }
    path.with_name(f"{path.name}.json").write_text(json.dumps(config), encoding="utf-8")
    return path


def model() -> ModelProto:
    """Return the graph: sin(2 pi f n / rate) with f from the phonemes, and noise on top."""
    from onnx import TensorProto, helper, numpy_helper

    def constant(name: str, value: object, kind: type) -> TensorProto:
        return numpy_helper.from_array(np.array(value, kind), name)

    f32, i64 = np.float32, np.int64
    constants = [
        constant("one", 1, i64), constant("zero", 0, i64), constant("hop", HOP, f32),
        constant("step", 2 * np.pi / RATE_HZ, f32), constant("low", 180.0, f32),
        constant("loud", 0.2, f32), constant("soft", 0.01, f32), constant("spread", 4.0, f32),
        constant("shape", [1, 1, -1], i64),
    ]  # fmt: skip
    nodes = [
        helper.make_node("Cast", ["input_lengths"], ["length"], to=TensorProto.FLOAT),
        helper.make_node("ReduceSum", ["length"], ["count"], keepdims=0),
        helper.make_node("Gather", ["scales", "one"], ["length_scale"]),
        helper.make_node("Mul", ["count", "length_scale"], ["scaled"]),
        helper.make_node("Mul", ["scaled", "hop"], ["total_f"]),
        helper.make_node("Cast", ["total_f"], ["total"], to=TensorProto.INT64),
        helper.make_node("Range", ["zero", "total", "one"], ["n"]),
        helper.make_node("Cast", ["n"], ["time"], to=TensorProto.FLOAT),
        helper.make_node("Cast", ["input"], ["ids"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMean", ["ids"], ["mean"], keepdims=0),
        helper.make_node("Mul", ["mean", "spread"], ["over"]),
        helper.make_node("Add", ["over", "low"], ["hz"]),
        helper.make_node("Mul", ["hz", "step"], ["turn"]),
        helper.make_node("Mul", ["time", "turn"], ["angle"]),
        helper.make_node("Sin", ["angle"], ["wave"]),
        helper.make_node("Mul", ["wave", "loud"], ["tone"]),
        helper.make_node("RandomNormalLike", ["tone"], ["dice"]),
        helper.make_node("Mul", ["dice", "soft"], ["breath"]),
        helper.make_node("Add", ["tone", "breath"], ["flat"]),
        helper.make_node("Reshape", ["flat", "shape"], ["output"]),
    ]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [
            helper.make_tensor_value_info("input", TensorProto.INT64, [1, None]),
            helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
            helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
        ],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, None])],
        constants,
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
