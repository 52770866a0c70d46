"""One thing written in several ways: "Ward 3", "03" and "3"; full-width signs, capitals, stray dots."""

# The stubs of pandas and numpy say less than is so here.
# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict

import pandas as pd

MOST_WORDS = 5000
"""A column with more different words is a number or a name, not a list; it is passed over."""


def variants(column: pd.Series, heading: str) -> list[tuple[str, ...]]:
    """Groups of words that seem to be one, the commonest first in each, the largest group first."""
    counts = column[column != ""].value_counts(sort=True)
    if len(counts) > MOST_WORDS:
        return []
    groups: dict[str, list[str]] = defaultdict(list)
    for word in counts.index:
        groups[plain(str(word), heading)].append(str(word))
    several = [tuple(group) for key, group in groups.items() if len(group) > 1 and key]
    return sorted(several, key=lambda group: (-int(counts[list(group)].sum()), group))


def plain(word: str, heading: str) -> str:
    """What is left of a word without width, capitals, signs, leading zeros and the heading's own word before a number."""
    text = unicodedata.normalize("NFKC", word).casefold().strip()
    text = re.sub(rf"^{re.escape(heading.casefold().rpartition('_')[2])}s?\W*(?=\d)", "", text)
    text = re.sub(r"(?<!\d)0+(?=\d)", "", text)
    return re.sub(r"[\s\W_]+", " ", text).strip() if re.search(r"\w", text) else ""
