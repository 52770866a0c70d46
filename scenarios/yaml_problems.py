"""What the YAML parser complains of, in the language of the run."""

from __future__ import annotations

import re

from sim.messages import language, say

_KNOWN = (
    (r"mapping values are not allowed here", "mapping values are not allowed here"),
    (r"mapping keys are not allowed here", "mapping keys are not allowed here"),
    (r"sequence entries are not allowed here", "sequence entries are not allowed here"),
    (r"found character (.+) that cannot start any token", "found character {a} that cannot start any token"),
    (r"could not find expected ':'", "could not find expected ':'"),
    (r"expected (',') or ('[\]}]'), but got (.+)", "expected {a} or {b}, but got {c}"),
    (r"expected <block end>, but found (.+)", "expected the end of the block, but found {a}"),
    (r"expected the node content, but found (.+)", "expected a value, but found {a}"),
    (r"found incompatible YAML document .*", "found incompatible YAML document (version 1.* is required)"),
    (r"found unexpected end of stream", "found unexpected end of stream"),
    (r"found unexpected document separator", "found unexpected document separator"),
    (r"found unknown escape character (.+)", "found unknown escape character {a}"),
    (r"found undefined tag handle (.+)", "found undefined tag handle {a}"),
    (r"found unexpected ':'", "found unexpected ':'"),
    (r"found duplicate YAML directive", "found duplicate YAML directive"),
    (r"bad escape", "bad escape"),
)
"""The parser's words and the template that says the same."""


def problem_text(problem: str) -> str:
    """The parser's complaint as a message says it: in English as the parser has it where it is not known, else never."""
    for pattern, template in _KNOWN:
        found = re.fullmatch(pattern, problem)
        if found is not None:
            return say(template, **dict(zip("abc", found.groups(), strict=False)))
    return problem if language() == "en" and problem else say("it cannot be read")
