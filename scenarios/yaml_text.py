"""YAML text to a tree of marked values, in one guarded pass: no aliases, no tags, no depth, no second document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML, YAMLError, events
from ruamel.yaml.reader import ReaderError

from scenarios.faults import Faults, refuse
from scenarios.marks import Mark, Node, dotted
from scenarios.scalars import scalar
from scenarios.yaml_problems import problem_text
from sim.messages import BadInput, say

DEEPEST = 40
MOST_LINES = 20_000
MOST_PIECES = 20_000
"""Pieces (keys, values, brackets) of one file: the reader takes 10,000 to 20,000 a second."""


def read_yaml(text: str, file: str, faults: Faults, rule: str = "") -> Node:
    """The text's only document. Raises BadInput where it is no YAML or not safe; duplicate keys are noted as faults.

    `rule`: what the file should be, said where it is empty; not given: a scenario.
    """
    return _Reader(file, faults, rule).document(text)


def read_word(text: str, mark: Mark) -> Node:
    """A single value: a bare word, a quoted text or a flow list. Its parts all carry the same mark."""
    faults = Faults()
    try:
        node = _Reader(mark.file, faults).document(text) if text.strip() else Node(None, mark)
        faults.finish()
    except BadInput:
        raise refuse(mark, say("{value} is not one YAML value; put quotes round a text", value=repr(text))) from None
    return _moved(node, mark)


def _moved(node: Node, mark: Mark) -> Node:
    if isinstance(node.value, dict):
        moved = {key: _moved(child, mark) for key, child in node.value.items()}
        return Node(moved, mark, dict.fromkeys(moved, mark))
    if isinstance(node.value, list):
        return Node([_moved(child, mark) for child in node.value], mark)
    return Node(node.value, mark)


class _Reader:
    def __init__(self, file: str, faults: Faults, rule: str = "") -> None:
        self._file = file
        self._rule = rule or say("a scenario is a mapping of chapters")
        self._faults = faults
        self._events: Iterator[Any] = iter(())
        self._path: list[str] = []

    def document(self, text: str) -> Node:
        self._events = self._guarded(text)
        first = next(self._events, None)
        if first is None:
            raise refuse(Mark(self._file), say("the file is empty; {rule}", rule=self._rule))
        node = self._node(first)
        # The rest of the text may still hold a second document or a slip.
        for _ in self._events:
            raise refuse(node.mark, say("the text goes on after its value; check brackets and quotes"))
        return node

    def _parsed(self, text: str) -> Iterator[Any]:
        try:
            yield from YAML(typ="safe", pure=True).parse(text)
        except ReaderError as error:
            line, column = text.count("\n", 0, error.position) + 1, error.position - text.rfind("\n", 0, error.position)
            letter = f"U+{error.character:04X}" if isinstance(error.character, int) else repr(error.character)
            raise refuse(
                Mark(self._file, line, column), say("the character {letter} is not allowed; remove it", letter=letter)
            ) from None
        except YAMLError as error:
            raise self._syntax(error) from None
        except (ValueError, OverflowError):
            # The parser's own slips, such as the escape of a character beyond Unicode.
            raise refuse(
                Mark(self._file), say("this is not YAML: {problem}{hint}", problem=problem_text("bad escape"), hint=_hint(""))
            ) from None

    def _guarded(self, text: str) -> Iterator[Any]:
        """The events that carry content; refuses what a scenario never needs."""
        if text.count("\n") > MOST_LINES:
            too_long = say("more than {most:,} lines; put large tables into CSV files beside it", most=MOST_LINES)
            raise refuse(Mark(self._file, MOST_LINES, 1), too_long)
        depth = documents = 0
        for count, event in enumerate(self._parsed(text)):
            if count > MOST_PIECES:
                raise self._refuse(
                    event,
                    say("more than {most:,} entries; put large tables into CSV files beside it", most=MOST_PIECES),
                )
            documents += isinstance(event, events.DocumentStartEvent)
            if documents > 1:
                raise self._refuse(event, say("a second document begins here (---); keep one document in a file"))
            if isinstance(event, events.CollectionStartEvent):
                depth += 1
                if depth > DEEPEST:
                    raise self._refuse(event, say("nested deeper than {most} levels; flatten it", most=DEEPEST))
            depth -= isinstance(event, events.CollectionEndEvent)
            self._plain(event)
            if isinstance(event, events.NodeEvent | events.CollectionEndEvent):
                yield event

    def _plain(self, event: Any) -> None:
        if isinstance(event, events.AliasEvent):
            raise self._refuse(
                event, say("aliases (*{name}) are not used here; write the value out or use extends", name=event.anchor)
            )
        tag = getattr(event, "tag", None)
        if tag is not None and isinstance(event, events.NodeEvent):
            raise self._refuse(event, say("tags ({tag}) are not used here; write the plain value", tag=tag))

    def _node(self, event: Any) -> Node:
        mark = self._mark(event)
        if isinstance(event, events.MappingStartEvent):
            return self._mapping(mark)
        if isinstance(event, events.SequenceStartEvent):
            rows = []
            while not isinstance(inner := next(self._events), events.CollectionEndEvent):
                rows.append(self._under(str(len(rows)), inner))
            return Node(rows, mark)
        if any("\ud800" <= letter <= "\udfff" for letter in event.value):
            raise self._refuse(event, say("the text holds half a character (\\ud800 to \\udfff); write it whole"))
        return Node(scalar(event.value) if event.implicit[0] else event.value, mark)

    def _under(self, step: str, event: Any) -> Node:
        self._path.append(step)
        node = self._node(event)
        self._path.pop()
        return node

    def _mapping(self, mark: Mark) -> Node:
        values: dict[str, Node] = {}
        keys: dict[str, Mark] = {}
        while not isinstance(event := next(self._events), events.CollectionEndEvent):
            if not isinstance(event, events.ScalarEvent):
                raise self._refuse(event, say("a key must be a single word, not a list or a mapping"))
            here, child = self._mark(event), self._under(event.value, next(self._events))
            if event.value in values:
                text = say("the key stands twice (first in line {line}); keep one", line=keys[event.value].line)
                self._faults.add(here, dotted((*self._path, event.value)), text)
            else:
                values[event.value], keys[event.value] = child, here
        return Node(values, mark, keys)

    def _mark(self, event: Any) -> Mark:
        return Mark(self._file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _refuse(self, event: Any, text: str) -> BadInput:
        return refuse(self._mark(event), text)

    def _syntax(self, error: YAMLError) -> BadInput:
        where = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or ""
        mark = Mark(self._file, where.line + 1, where.column + 1) if where else Mark(self._file)
        hint = _hint(str(problem))
        return refuse(mark, say("this is not YAML: {problem}{hint}", problem=problem_text(str(problem)), hint=hint))


def _hint(problem: str) -> str:
    if "\\t" in problem or "\t" in problem:
        return say("; indent with blanks, never with tabs")
    if "mapping values are not allowed" in problem:
        return say('; put quotes round a text that contains ": ", and check the indentation')
    if "special characters" in problem or "could not find expected ':'" in problem:
        return say("; remove control characters, and write every entry as key: value")
    return say("; check brackets, quotes and indentation of this line and the one before")
