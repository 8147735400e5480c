"""The encoder's files are accepted by their sums alone: neither a changed original nor a changed graph gets in."""

import shutil
from pathlib import Path

import pytest

from bot.nlu.encoder_files import GRAPH, MANIFEST, ORIGINALS, TOKENIZER, EncoderError, install, is_installed, verify


@pytest.fixture
def built(tmp_path: Path, encoder: Path) -> Path:
    """A copy of the built encoder that may be damaged."""
    return Path(shutil.copytree(encoder, tmp_path / "encoder"))


@pytest.mark.parametrize("name", [GRAPH, TOKENIZER])
def test_built_file_with_one_changed_byte_is_refused(built: Path, name: str) -> None:
    content = bytearray((built / name).read_bytes())
    content[len(content) // 2] ^= 1
    (built / name).write_bytes(content)

    with pytest.raises(EncoderError, match=f"{name} is missing or damaged"):
        verify(built)
    assert not is_installed(built)


@pytest.mark.parametrize("manifest", ["", "{}", "no JSON"])
def test_encoder_without_its_sums_is_refused(built: Path, manifest: str) -> None:
    (built / MANIFEST).write_text(manifest)

    with pytest.raises(EncoderError):
        verify(built)


def test_originals_that_are_others_are_refused_and_nothing_is_installed(tmp_path: Path) -> None:
    originals = tmp_path / "originals"
    originals.mkdir()
    for name in ORIGINALS:
        (originals / name).write_bytes(b"something else")

    with pytest.raises(EncoderError, match="is not the original file"):
        install(tmp_path / "encoder", originals=originals)

    assert not (tmp_path / "encoder").exists()
