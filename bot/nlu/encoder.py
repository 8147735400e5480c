"""The sentence encoder: text in, vectors of length one out, with a cache for repeated texts."""

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

Vector = NDArray[np.float32]

MAX_TOKENS = 128
"""Tokens beyond this are cut off: a question is told by its first hundred words."""
BATCH = 32
CACHE_SIZE = 4096


class Encoder:
    """Runs the encoder's graph on one thread; safe to share between threads."""

    def __init__(self, tokenizer: Path, graph: Path, *, threads: int = 1) -> None:
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
        self._cache: OrderedDict[str, Vector] = OrderedDict()
        self._lock = Lock()

    def is_word(self, word: str) -> bool:
        """Tell whether the encoder knows the word as a whole, and not only in pieces."""
        return self._tokenizer.token_to_id(word) is not None

    def encode(self, texts: Sequence[str]) -> Vector:
        """Return one row a text; texts of like length are encoded together, so that little is padding."""
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        rows = np.empty((len(tokens), 384), dtype=np.float32)
        order = sorted(range(len(tokens)), key=lambda index: len(tokens[index]))
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            width = max(len(tokens[index]) for index in batch)
            ids = np.zeros((len(batch), width), dtype=np.int64)
            mask = np.zeros_like(ids)
            for row, index in enumerate(batch):
                ids[row, : len(tokens[index])] = tokens[index]
                mask[row, : len(tokens[index])] = 1
            rows[batch] = self._run(ids, mask)
        return rows

    def _run(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> Vector:
        vectors: Vector = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        return vectors

    def encode_one(self, text: str) -> Vector:
        """Return the text's vector, from the cache when it was asked for lately."""
        with self._lock:
            if (known := self._cache.get(text)) is not None:
                self._cache.move_to_end(text)
                return known
        tokens = self._tokenizer.encode(text).ids  # not as a batch, which would let go of Python's lock
        vector: Vector = self._run(np.array([tokens], np.int64), np.ones((1, len(tokens)), np.int64))[0]
        with self._lock:
            self._cache[text] = vector
            if len(self._cache) > CACHE_SIZE:
                self._cache.popitem(last=False)
        return vector
