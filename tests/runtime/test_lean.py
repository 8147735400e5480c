"""The stand-in for TensorFlow: there when it is missing, away when it is not, and honest about what it cannot do."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.runtime.lean import TENSORFLOW_COMPONENTS, TensorFlowMissingError, missing_tensorflow
from bot.runtime.settings import project_root


def run(code: str, *, path: Path | None = None) -> str:
    environment = {"PYTHONPATH": str(path)} if path else {}
    command = [sys.executable, "-W", "ignore", "-c", code]
    done = subprocess.run(command, cwd=project_root(), env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_rasa_imports_without_tensorflow():
    assert run("from bot.runtime import lean; print(lean.install()); import rasa.core.agent") == "True"


def test_installing_twice_changes_nothing():
    code = (
        "import sys; from bot.runtime import lean; lean.install(); finders = len(sys.meta_path); "
        "lean.install(); print(finders == len(sys.meta_path))"
    )
    assert run(code) == "True"


def test_the_stand_in_steps_aside_for_the_real_one(tmp_path):
    package = tmp_path / "tensorflow"
    package.mkdir()
    (package / "__init__.py").write_text("REAL = True")
    code = "from bot.runtime import lean; print(lean.install()); import tensorflow; print(tensorflow.REAL)"
    assert run(code, path=tmp_path).split() == ["False", "True"]


def test_what_is_left_out_is_imported_by_nobody_and_tensorflow_is_still_stood_in():
    code = """
import sys
from bot.runtime import lean
with lean.left_out(lean.UNSERVED):
    lean.prepare()
    lean.import_served(components=True)
import rasa.core.tracker_store
print(*(name for name in lean.UNSERVED if name in sys.modules and getattr(sys.modules[name], "__file__", None)))
print(rasa.core.tracker_store.SQLTrackerStore.__name__, "pymongo" in sys.modules, lean.has_tensorflow())
"""
    assert run(code) == "SQLTrackerStore False False"


def test_whoever_imports_afterwards_what_was_left_out_gets_the_real_one():
    code = """
from bot.runtime import lean
with lean.left_out(["sklearn"]):
    import sklearn.linear_model as stand_in
import sklearn.linear_model as real
print(hasattr(stand_in, "__file__"), real.LogisticRegression(C=2.0).C)
"""
    assert run(code) == "False 2.0"


def test_no_component_of_rasas_is_imported_for_a_model_of_ours_alone():
    code = """
import sys
from bot.runtime import lean
with lean.left_out(lean.UNSERVED):
    lean.prepare()
    lean.import_served(components=False)
print(*sorted(name for name in sys.modules if name.startswith(("rasa.nlu.classifiers.", "rasa.core.policies."))))
"""
    names = run(code).split()
    assert "rasa.core.policies.rule_policy" in names
    assert not {*TENSORFLOW_COMPONENTS.values(), "rasa.nlu.classifiers.sklearn_intent_classifier"} & {*names}


def test_of_a_package_a_part_alone_can_be_left_out():
    code = """
from bot.runtime import lean
with lean.left_out(["xml.etree"]):
    import xml.dom.minidom, xml.etree.ElementTree as stand_in
import xml.etree.ElementTree as real
print(hasattr(xml.dom.minidom, "__file__"), hasattr(stand_in, "__file__"), real.fromstring("<a/>").tag)
"""
    assert run(code) == "True False a"


def test_a_component_that_was_imported_before_is_refused_too():
    code = """
from bot.runtime import lean
lean.install()
from rasa.core.policies.ted_policy import TEDPolicy
lean.prepare()
try:
    TEDPolicy.load({}, None, None, None)
except lean.TensorFlowMissingError as error:
    print(error)
"""
    assert run(code).startswith("TEDPolicy needs TensorFlow")


def test_what_is_left_out_is_imported_by_rasa_or_spacy():
    code = """
import sys
from bot.runtime import lean
lean.prepare()
import rasa.core.agent, rasa.core.channels, rasa.core.tracker_store, rasa.core.run, spacy
import rasa.engine.recipes.default_components
print(*(name for name in lean.UNSERVED if name not in sys.modules))
"""
    assert run(code) == ""


@pytest.mark.parametrize("component", TENSORFLOW_COMPONENTS)
def test_a_component_that_needs_tensorflow_is_refused_in_one_sentence(component):
    code = f"""
from bot.runtime import lean
lean.prepare()
import importlib
component = getattr(importlib.import_module(lean.TENSORFLOW_COMPONENTS["{component}"]), "{component}")
try:
    component.create({{}}, None, None, None)
except lean.TensorFlowMissingError as error:
    print(error)
"""
    assert run(code).startswith(f"{component} needs TensorFlow")


def test_the_refusal_is_found_behind_rasas_own_error():
    refusal = TensorFlowMissingError("no")
    wrapped = RuntimeError("graph failed")
    wrapped.__cause__ = refusal
    assert missing_tensorflow(wrapped) is refusal
    assert missing_tensorflow(RuntimeError("other")) is None
