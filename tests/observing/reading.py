"""Metrics as Prometheus reads them, with its own parser."""

from prometheus_client.parser import text_string_to_metric_families


class Scrape:
    """What a server's /metrics told at one time."""

    def __init__(self, text: str) -> None:
        self.families = {family.name: family for family in text_string_to_metric_families(text)}
        self.samples = {
            (sample.name, frozenset(sample.labels.items())): sample.value
            for family in self.families.values()
            for sample in family.samples
        }

    def value(self, name: str, **labels: str) -> float:
        """Return a sample's value, zero where nothing was counted yet."""
        return self.samples.get((name, frozenset(labels.items())), 0.0)

    @property
    def labels(self) -> set[str]:
        return {value for _, labels in self.samples for _, value in labels}
