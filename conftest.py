"""What every test stands on: no settings of the machine, the same examples of properties, warnings that stay errors."""

import importlib
import os

from hypothesis import HealthCheck, settings

for _name in [name for name in os.environ if name.startswith("PMO_COACH_") and not name.startswith("PMO_COACH_TEST_")]:
    del os.environ[_name]

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
# Read by SQLAlchemy when it is imported, so it must be set before any test is collected.
os.environ["SQLALCHEMY_WARN_20"] = "1"

# A property fails for all or for nobody; `--hypothesis-profile explore` tries others at each run.
# How long one takes says how busy the machine is, not whether it holds.
_PATIENT = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("steady", derandomize=True, **_PATIENT)
settings.register_profile("explore", derandomize=False, **_PATIENT)
settings.load_profile("steady")

# It sets Python's filter of deprecations when Rasa imports it: let that be now, and not in the middle of a test.
importlib.import_module("sanic.app")
