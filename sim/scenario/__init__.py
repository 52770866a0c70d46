"""The inert, validated specification: one file a chapter."""

from sim.scenario.scenario import SCHEMA_VERSION, Scenario

__all__ = ["SCHEMA_VERSION", "Scenario"]
