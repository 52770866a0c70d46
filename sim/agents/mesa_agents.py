"""The one place that imports Mesa: its agent and its model, and the remedy for finished models that it keeps alive."""

from __future__ import annotations

from mesa import Agent, Model

__all__ = ["Agent", "Model", "release"]


def release(model: Model) -> None:
    """Let go of a finished model: Mesa 3.3 keeps every model in a class-level table of agent numbers (mesa issue 3179)."""
    numbers = getattr(Agent, "_ids", None)
    if numbers is not None:
        numbers.pop(model, None)
