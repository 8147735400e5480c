"""Builds the ONNX graph of the sentence encoder from the original weights.

all-MiniLM-L6-v2 is a BERT of six layers, twelve heads and 384 dimensions; a sentence's vector is the mean of
its tokens' last states, scaled to length one (the model's card, https://huggingface.co/sentence-transformers/
all-MiniLM-L6-v2, Apache-2.0). The weights come as safetensors; running them with onnxruntime needs a graph,
and building it takes a page of code instead of PyTorch.
"""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

LAYERS = 6
HEADS = 12
DIMENSIONS = 384
HEAD_SIZE = DIMENSIONS // HEADS
LAYER_NORM_EPSILON = 1e-12
OPSET = 17
IR_VERSION = 8
MASKED = -10_000.0
"""Added to the attention score of a padding token, so that it gets no weight."""


class _Graph:
    """Collects nodes and weights; every method returns the name of the tensor it makes."""

    def __init__(self, weights: dict[str, NDArray[np.float32]]) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.initializers[name] = numpy_helper.from_array(value, name)
        return name

    def weight(self, name: str, *, transposed: bool = False) -> str:
        array = self.weights[name]
        return self.constant(name, np.ascontiguousarray(array.T if transposed else array, dtype=np.float32))

    def add(self, op: str, inputs: list[str], output: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(op, inputs, [output], name=output, **attributes))
        return output

    def dense(self, source: str, layer: str, output: str) -> str:
        product = self.add("MatMul", [source, self.weight(f"{layer}.weight", transposed=True)], f"{output}/product")
        return self.add("Add", [product, self.weight(f"{layer}.bias")], output)

    def layer_norm(self, source: str, layer: str, output: str) -> str:
        inputs = [source, self.weight(f"{layer}.weight"), self.weight(f"{layer}.bias")]
        return self.add("LayerNormalization", inputs, output, axis=-1, epsilon=LAYER_NORM_EPSILON)


def _embed(graph: _Graph) -> str:
    words = graph.add("Gather", [graph.weight("embeddings.word_embeddings.weight"), "input_ids"], "embed/words")
    # One sentence a row: every token is of the first type, so its row is added to all.
    kind = graph.constant("embed/type", graph.weights["embeddings.token_type_embeddings.weight"][0])
    length = graph.add("Shape", ["input_ids"], "embed/length", start=1, end=2)
    start, axis = graph.constant("zero", np.array([0])), graph.constant("axis0", np.array([0]))
    table = graph.weight("embeddings.position_embeddings.weight")
    positions = graph.add("Slice", [table, start, length, axis], "embed/positions")
    placed = graph.add("Add", [words, positions], "embed/placed")
    return graph.layer_norm(graph.add("Add", [placed, kind], "embed/sum"), "embeddings.LayerNorm", "embed/out")


def _heads(graph: _Graph, source: str, output: str, order: list[int]) -> str:
    shape = graph.constant("heads/shape", np.array([0, 0, HEADS, HEAD_SIZE]))
    split = graph.add("Reshape", [source, shape], f"{output}/split")
    return graph.add("Transpose", [split], output, perm=order)


def _attend(graph: _Graph, source: str, prefix: str) -> str:
    attention = f"{prefix}.attention"
    query, key, value = (graph.dense(source, f"{attention}.self.{part}", f"{attention}/{part}")
                         for part in ("query", "key", "value"))  # fmt: skip
    scores = graph.add(
        "MatMul",
        [_heads(graph, query, f"{attention}/q", [0, 2, 1, 3]), _heads(graph, key, f"{attention}/k", [0, 2, 3, 1])],
        f"{attention}/scores",
    )
    scale = graph.constant("heads/scale", np.array(HEAD_SIZE**-0.5, dtype=np.float32))
    scaled = graph.add("Mul", [scores, scale], f"{attention}/scaled")
    weights = graph.add("Softmax", [graph.add("Add", [scaled, "mask/added"], f"{attention}/masked")],
                        f"{attention}/weights", axis=-1)  # fmt: skip
    mixed = graph.add("MatMul", [weights, _heads(graph, value, f"{attention}/v", [0, 2, 1, 3])], f"{attention}/mixed")
    turned = graph.add("Transpose", [mixed], f"{attention}/turned", perm=[0, 2, 1, 3])
    joined = graph.add("Reshape", [turned, graph.constant("joined/shape", np.array([0, 0, DIMENSIONS]))],
                       f"{attention}/joined")  # fmt: skip
    out = graph.dense(joined, f"{attention}.output.dense", f"{attention}/out")
    return graph.layer_norm(
        graph.add("Add", [out, source], f"{attention}/sum"), f"{attention}.output.LayerNorm", f"{attention}/norm"
    )


def _gelu(graph: _Graph, source: str, prefix: str) -> str:
    root = graph.constant("gelu/root", np.array(2**-0.5, dtype=np.float32))
    one, half = (graph.constant(f"gelu/{v}", np.array(v, dtype=np.float32)) for v in (1.0, 0.5))
    error = graph.add("Erf", [graph.add("Mul", [source, root], f"{prefix}/gelu/in")], f"{prefix}/gelu/erf")
    gate = graph.add("Add", [error, one], f"{prefix}/gelu/gate")
    return graph.add("Mul", [graph.add("Mul", [source, gate], f"{prefix}/gelu/full"), half], f"{prefix}/gelu")


def _layer(graph: _Graph, source: str, number: int) -> str:
    prefix = f"encoder.layer.{number}"
    attended = _attend(graph, source, prefix)
    wide = _gelu(graph, graph.dense(attended, f"{prefix}.intermediate.dense", f"{prefix}/wide"), prefix)
    narrow = graph.dense(wide, f"{prefix}.output.dense", f"{prefix}/narrow")
    return graph.layer_norm(
        graph.add("Add", [narrow, attended], f"{prefix}/sum"), f"{prefix}.output.LayerNorm", f"{prefix}/norm"
    )


def _mask(graph: _Graph) -> None:
    floats = graph.add("Cast", ["attention_mask"], "mask/float", to=TensorProto.FLOAT)
    graph.add("Unsqueeze", [floats, graph.constant("axes/last", np.array([2]))], "mask/tokens")
    wide = graph.add("Unsqueeze", [floats, graph.constant("axes/middle", np.array([1, 2]))], "mask/wide")
    absent = graph.add("Sub", [graph.constant("mask/one", np.array(1.0, dtype=np.float32)), wide], "mask/absent")
    graph.add("Mul", [absent, graph.constant("mask/low", np.array(MASKED, dtype=np.float32))], "mask/added")


def _pool(graph: _Graph, source: str) -> None:
    axis = graph.constant("axes/tokens", np.array([1]))
    kept = graph.add("Mul", [source, "mask/tokens"], "pool/kept")
    # The mean differs from the sum by a factor only, and the vector is scaled to length one next.
    total = graph.add("ReduceSum", [kept, axis], "pool/total", keepdims=0)
    graph.add("LpNormalization", [total], "sentence", axis=1, p=2)


def build_graph(weights: dict[str, NDArray[np.float32]], target: Path) -> None:
    """Write the encoder as an ONNX model: `input_ids` and `attention_mask` in, unit vectors `sentence` out."""
    graph = _Graph(weights)
    _mask(graph)
    state = _embed(graph)
    for number in range(LAYERS):
        state = _layer(graph, state, number)
    _pool(graph, state)
    shape = ["batch", "tokens"]
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, shape) for n in ("input_ids", "attention_mask")]
    output = helper.make_tensor_value_info("sentence", TensorProto.FLOAT, ["batch", DIMENSIONS])
    proto = helper.make_graph(graph.nodes, "all-MiniLM-L6-v2", inputs, [output], list(graph.initializers.values()))
    model = helper.make_model(proto, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
    onnx.checker.check_model(model)
    onnx.save(model, str(target))
