"""What every chapter of a scenario has in common: it is frozen, and a key that it does not know is an error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from sim.messages import say

LEVELS = ("grid", "community", "subdistrict", "district", "city")
Level = Literal["grid", "community", "subdistrict", "district", "city"]


class Chapter(BaseModel):
    """An inert part of the specification. Nothing here runs; nothing here can be changed after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, populate_by_name=True)

    if TYPE_CHECKING:

        def __hash__(self) -> int: ...


def entry(meaning: str, unit: str = "", default: Any = ..., **rules: Any) -> Any:
    """A field with its meaning and unit; without `default` it must stand in the scenario."""
    return Field(default, description=meaning, json_schema_extra={"unit": unit} if unit else None, **rules)


def portion(meaning: str, default: Any = ...) -> Any:
    """A field that holds a share or a probability, from 0 to 1."""
    return entry(meaning, "share", default, ge=0.0, le=1.0)


Name = Annotated[str, Field(strict=True, min_length=1, max_length=60, pattern=r"^[a-z][a-z0-9_]*$")]
Label = Annotated[str, Field(min_length=1, max_length=120)]


def adds_up(shares: tuple[float, ...], what: str) -> None:
    """Raise ValueError unless the shares add up to 1 within rounding. `what` is in the language in force."""
    total = sum(shares)
    if abs(total - 1.0) > 1e-9:
        raise ValueError(
            say("the {what} {shares} add up to {total:g}; they must add up to 1",
                what=what, shares=list(shares), total=total)
        )  # fmt: skip
