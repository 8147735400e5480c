"""Rasa without TensorFlow: an inert stand-in for a package that no component of ours uses.

Rasa 3.6 imports TensorFlow on the way to its policies (`rasa.utils.train_utils` ->
`rasa.utils.tensorflow.callback`), and validating any model imports DIET and TED, although neither a rule
nor a memoized story ever calls it. It costs 1.3 GB of disk, 28 s of start and 900 MB of memory.

`install()` puts a finder behind all others, so that it answers only for a package that is not there: with
TensorFlow installed it does nothing, and stock components work. The modules it makes hold classes that
can be named, subclassed and used as decorators, which is all that Rasa does with them at import. A
component that really needs TensorFlow is refused when it is created or loaded, with one sentence: a second finder
sees to that when such a component's module is imported, which a server never does.

`left_out()` does the same, in the server's process alone and while Rasa is imported, for installed packages of which
Rasa imports more than the server has a use for: other channels, other stores of trackers, plots and questions on a
terminal. Whoever imports one of them afterwards, an action of yours perhaps, gets the real one.
"""

import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import logging
import os
import sys
import warnings
from collections.abc import Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import Any, NoReturn

from bot.errors import CoachError

STOOD_IN = ("tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras")
UNSERVED = (
    "aio_pika", "aiogram", "boto3", "botocore", "bson", "engineio", "joblib", "matplotlib", "prompt_toolkit", "pymongo",
    "questionary", "redis", "requests", "sklearn", "slack_sdk", "socketio", "spacy.cli", "twilio", "webexteamssdk",
)  # fmt: skip
"""What Rasa and spaCy import for channels, stores, components and commands that our server does not have: 75 MB, a
third of the start."""

SERVED_MODULES = (
    "rasa.core.agent", "rasa.core.channels", "rasa.core.policies.memoization", "rasa.core.policies.rule_policy",
    "rasa.core.tracker_store", "spacy",
)  # fmt: skip
ALL_COMPONENTS = "rasa.engine.recipes.default_components"
TRAINING_VALIDATOR = "rasa.graph_components.validators.default_recipe_validator"
"""Part of the graph that trained a model, which the model's description names; it imports every component of Rasa."""

TENSORFLOW_COMPONENTS = {
    "DIETClassifier": "rasa.nlu.classifiers.diet_classifier",
    "ResponseSelector": "rasa.nlu.selectors.response_selector",
    "ConveRTFeaturizer": "rasa.nlu.featurizers.dense_featurizer.convert_featurizer",
    "LanguageModelFeaturizer": "rasa.nlu.featurizers.dense_featurizer.lm_featurizer",
    "TEDPolicy": "rasa.core.policies.ted_policy",
    "UnexpecTEDIntentPolicy": "rasa.core.policies.unexpected_intent_policy",
}


class TensorFlowMissingError(CoachError):
    """A configured component needs TensorFlow, which is not installed."""


class _InertType(type):
    """Makes every attribute of an inert class another inert class, except Python's own."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _inert(name)

    def __getitem__(cls, item: object) -> Any:
        return cls

    def __or__(cls, other: object) -> Any:
        return cls


class _Inert(metaclass=_InertType):
    """Stands for any class, function or value of TensorFlow while modules are imported."""

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        """Return a decorated function unchanged, and an instance otherwise."""
        if len(args) == 1 and not kwargs and callable(args[0]):
            return args[0]
        return super().__new__(cls)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Accept whatever a caller passes."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Return a decorated function unchanged, and another stand-in otherwise."""
        return args[0] if len(args) == 1 and callable(args[0]) else _Inert()

    def __getattr__(self, name: str) -> Any:
        """Return a stand-in for any attribute, except Python's own."""
        if name.startswith("__"):
            raise AttributeError(name)
        return _inert(name)


def _inert(name: str) -> Any:
    return _InertType(name, (_Inert,), {})


class _StandInModule(ModuleType):
    """A module whose every attribute is an inert class."""

    __version__ = "0.0.0"

    def __getattr__(self, name: str) -> Any:
        """Return an inert class of that name, except for Python's own attributes."""
        if name.startswith("__"):
            raise AttributeError(name)
        return _inert(name)


class _StandInFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Answers for the stood-in packages and modules, and for all that is below them."""

    def __init__(self, packages: Sequence[str]) -> None:
        self.packages = frozenset(packages)

    def stands_in(self, fullname: str) -> bool:
        """Tell whether this name is one of those, or below one."""
        parts = fullname.split(".")
        return any(".".join(parts[:count]) in self.packages for count in range(1, len(parts) + 1))

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Return a spec for a stood-in name."""
        if not self.stands_in(fullname):
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        """Return an inert module."""
        return _StandInModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Leave the module as it is: there is nothing to run."""


def has_tensorflow() -> bool:
    """Tell whether the real TensorFlow is installed."""
    spec = importlib.util.find_spec("tensorflow")
    return spec is not None and not isinstance(spec.loader, _StandInFinder)


def install() -> bool:
    """Put the stand-in in place; return False, having done nothing, where TensorFlow is installed.

    Calling it twice changes nothing.
    """
    if any(isinstance(finder, _StandInFinder) and "tensorflow" in finder.packages for finder in sys.meta_path):
        return True
    if has_tensorflow():
        return False
    # thinc, under spaCy, uses TensorFlow where it can import it; it must look before the stand-in is there.
    importlib.import_module("thinc.compat")
    sys.meta_path.append(_StandInFinder(STOOD_IN))  # behind all others: nobody has the package
    return True


@contextmanager
def left_out(packages: Sequence[str]) -> Iterator[None]:
    """Put the stand-in in place of those packages, installed or not, for what the block imports.

    Whatever that does with one of them does nothing: this is for a process that never will. Packages that were imported
    before stay what they are.
    """
    finder = _StandInFinder(packages)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for name, module in list(sys.modules.items()):
            if isinstance(module, _StandInModule) and finder.stands_in(name):
                del sys.modules[name]


def import_served(*, components: bool) -> None:
    """Import what a server needs of Rasa and spaCy, and all that this drags in; with `components`, Rasa's own too."""
    for name in (*SERVED_MODULES, *([ALL_COMPONENTS] if components else [])):
        importlib.import_module(name)


def prepare() -> None:
    """Make Rasa ready to be imported in this process: lean, quiet, without telemetry; refuse what needs TensorFlow."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    # One message is one small sum: threads that wait for their share would cost more than they give.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    # Deprecations inside Rasa's pinned libraries, which nobody who runs the coach can mend; some of them switch
    # Python's own filter on again, so that it cannot be used.
    warnings.showwarning = _show_nothing
    install()
    import structlog

    # As Rasa configures it, it prints what people write, and with an error the values of all variables around it.
    structlog.configure(processors=[_name_only, structlog.processors.JSONRenderer()],
                        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
                        cache_logger_on_first_use=True)  # fmt: skip
    refuse_tensorflow_components()


def _name_only(logger: Any, level: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
    """Keep of a log line of Rasa's what happened, and nothing of what a person wrote."""
    return {"level": level, "event": event.get("event"), "info": event.get("event_info")}


def _show_nothing(*details: Any, **more: Any) -> None:
    """Take the place of `warnings.showwarning`."""


def refuse_tensorflow_components() -> None:
    """Make every Rasa component that needs TensorFlow say so when it is created or loaded.

    Does nothing where TensorFlow is installed, and a second time.
    """
    if has_tensorflow() or any(isinstance(finder, _RefusingFinder) for finder in sys.meta_path):
        return
    sys.meta_path.insert(0, _RefusingFinder())
    for module in set(TENSORFLOW_COMPONENTS.values()) & set(sys.modules):
        _refuse_components(sys.modules[module])


class _RefusingFinder(importlib.abc.MetaPathFinder):
    """Finds the modules of components that need TensorFlow where they are, and has them refused once imported."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Return the spec of such a module, None for any other."""
        if fullname not in TENSORFLOW_COMPONENTS.values():
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is None or spec.loader is None:
            return spec
        run = spec.loader.exec_module

        def run_and_refuse(module: ModuleType) -> None:
            run(module)
            _refuse_components(module)

        spec.loader.exec_module = run_and_refuse  # type: ignore[method-assign]
        return spec


def _refuse_components(module: ModuleType) -> None:
    for name, where in TENSORFLOW_COMPONENTS.items():
        if where == module.__name__:
            component = getattr(module, name)
            component.create = component.load = classmethod(_refusal(name))


def _refusal(name: str) -> Any:
    def refuse(cls: type, *args: Any, **kwargs: Any) -> NoReturn:
        raise TensorFlowMissingError(
            f"{name} needs TensorFlow, which is not installed here: "
            "take it out of config.yml, or run `pip install '.[tensorflow]'`."
        )

    return refuse


def missing_tensorflow(error: BaseException) -> TensorFlowMissingError | None:
    """Return the refusal behind an error that Rasa wrapped, or None when it has another cause."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, TensorFlowMissingError):
        cause = cause.__cause__ or cause.__context__
    return cause
