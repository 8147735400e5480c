"""deploy/kubernetes.yaml: the objects fit together, probes ask what there is, and the container may do little."""

from typing import Any

from tests.deploy.reading import known_variables, load_all

OBJECTS = load_all("kubernetes.yaml")
DEPLOYMENT: dict[str, Any] = OBJECTS["Deployment"]["spec"]
POD: dict[str, Any] = DEPLOYMENT["template"]["spec"]
(CONTAINER,) = POD["containers"]


def test_the_objects_fit_together():
    assert set(OBJECTS) == {"Deployment", "Service", "PodDisruptionBudget"}
    labels = DEPLOYMENT["template"]["metadata"]["labels"]
    assert DEPLOYMENT["selector"]["matchLabels"] == labels
    assert OBJECTS["Service"]["spec"]["selector"] == labels
    assert OBJECTS["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"] == labels
    assert OBJECTS["PodDisruptionBudget"]["spec"]["minAvailable"] < DEPLOYMENT["replicas"]
    (port,) = OBJECTS["Service"]["spec"]["ports"]
    assert port["targetPort"] in [each["name"] for each in CONTAINER["ports"]]


def test_probes_ask_the_routes_that_are_meant_for_it():
    assert CONTAINER["readinessProbe"]["httpGet"]["path"] == "/ready"
    assert CONTAINER["startupProbe"]["httpGet"]["path"] == "/ready"
    assert CONTAINER["livenessProbe"]["httpGet"]["path"] == "/health", "a database that is down is no reason to restart"


def test_settings_are_those_that_there_are():
    assert {each["name"] for each in CONTAINER["env"]} <= known_variables()


def test_the_container_is_unprivileged_and_writes_to_volumes_alone():
    assert POD["securityContext"]["runAsNonRoot"] is True
    assert POD["securityContext"]["runAsUser"] > 0
    assert CONTAINER["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert POD["automountServiceAccountToken"] is False
    volumes = {volume["name"] for volume in POD["volumes"]}
    mounts = {mount["mountPath"]: mount["name"] for mount in CONTAINER["volumeMounts"]}
    assert set(mounts.values()) == volumes
    values = {each["name"]: each["value"] for each in CONTAINER["env"]}
    assert {values["PMO_COACH_VAR"], "/tmp"} <= set(mounts)
    for name, value in values.items():
        assert not name.endswith("_FILE") or value.startswith("/run/secrets/pmo-coach/")


def test_a_pod_has_time_to_end_its_turns_and_another_is_there_before():
    values = {each["name"]: each["value"] for each in CONTAINER["env"]}
    assert POD["terminationGracePeriodSeconds"] >= float(values["PMO_COACH_DRAIN_SECONDS"]) + 25 + 5
    assert DEPLOYMENT["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
