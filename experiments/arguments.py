"""The command line: a slip is answered with one line that says what is wrong and what was probably meant."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from typing import NoReturn

from scenarios.faults import guess
from sim.messages import BadInput, say


class Arguments(argparse.ArgumentParser):
    """An argument parser that raises BadInput, in the language of the run, instead of printing its usage. Options are
    written in full: a shortened one would mean something else once another option begins alike."""

    def __init__(self, **given: object) -> None:
        super().__init__(**{"allow_abbrev": False, **given})  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        """Raise BadInput with the parser's complaint in our words."""
        raise BadInput(_worded(message, self.prog))

    def options(self, command: str) -> list[str]:
        """The options of a command, as they are written."""
        for action in self._actions:
            if isinstance(action, argparse._SubParsersAction):
                return list(action.choices[command]._option_string_actions)
        return []

    def read(self, words: Sequence[str], command: str | None) -> argparse.Namespace:
        """What the words say. Raises BadInput for an option that the command does not have, before anything else."""
        if command is not None:
            known = self.options(command)
            for word in _options_in(words):
                if word not in known:
                    raise BadInput(_unknown(word, known, command))
        found, rest = self.parse_known_args(words)
        if rest:
            known = self.options(found.command)
            if rest[0].startswith("-"):
                raise BadInput(_unknown(rest[0], known, found.command))
            raise BadInput(say("{command}: {words} is one word too many; see {command} --help",
                               command=found.command, words=" ".join(map(repr, rest))))  # fmt: skip
        return found


def _options_in(words: Sequence[str]) -> Iterable[str]:
    for word in words:
        if word == "--":
            return
        if word.startswith("--"):
            yield word.partition("=")[0]


def _unknown(word: str, known: Sequence[str], command: str) -> str:
    begun = [option for option in known if option.startswith(word)]
    plain = f"--{word.lstrip('-')}"
    near = say("; did you mean {guess}?", guess=repr(begun[0])) if len(begun) == 1 else guess(plain, known)
    return say("{command}: there is no option {word}{near}; options: {known}",
               command=command, word=word, near=near, known=", ".join(known))  # fmt: skip


def _worded(message: str, program: str) -> str:
    required = re.fullmatch(r"the following arguments are required: (.+)", message)
    if required is not None:
        return say("missing on the command line: {names}; see {program} --help", names=required[1], program=program)
    one_of = re.fullmatch(r"one of the arguments (.+) is required", message)
    if one_of is not None:
        return say("one of these is missing on the command line: {names}; see {program} --help",
                   names=", ".join(one_of[1].split()), program=program)  # fmt: skip
    about = re.fullmatch(r"argument ([^:]+): (.+)", message, re.DOTALL)
    return message if about is None else f"{about[1]}: {_about_one(about[2])}"


def _about_one(text: str) -> str:
    """What is wrong with one argument."""
    choice = re.fullmatch(r"invalid choice: (.+?) \(choose from (.+)\)", text, re.DOTALL)
    if choice is not None:
        value, names = choice[1].strip("'\""), [name.strip("'\" ") for name in choice[2].split(",")]
        return say("{value} is not allowed here; allowed: {names}", value=repr(value),
                   names=", ".join(names)) + guess(value, names)  # fmt: skip
    if re.fullmatch(r"expected (one|at least one|\d+) arguments?", text):
        return say("a value is missing after it")
    number = re.fullmatch(r"invalid (?:int|float) value: (.+)", text)
    if number is not None:
        return say("{value} is not {what}", value=number[1], what=say("a number; write it with digits and without quotes"))
    date = re.fullmatch(r"invalid fromisoformat value: (.+)", text)
    if date is not None:
        return say("{value} is not {what}", value=date[1], what=say("a date; write it like 2025-01-31"))
    other = re.fullmatch(r"not allowed with argument (.+)", text)
    if other is not None:
        return say("cannot be given together with {other}", other=other[1])
    given = re.fullmatch(r"ignored explicit argument (.+)", text)
    return text if given is None else say("it takes no value, but {value} was given", value=given[1])
