"""Names under all their spellings, and whether other people are shown: this source beside another one, in one run.

python -m tools.bench --only names                        # this source
python -m tools.bench --only names --source 0.2.0=PLACE   # and another one
"""

import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.bench import names_child, spellings
from tools.bench.figures import Figure
from tools.bench.spellings import Name, Pair
from tools.bench.timing import percentile
from tools.packing import ROOT

Found = Sequence[Sequence[Sequence[object]]]
EACH, OTHERS, SEARCHED = 12, 2000, 2000  # pairs of a rule; people beside them; full names that are looked for


@dataclass(frozen=True, slots=True)
class Trial:
    """What is held and what is typed. ``strangers``: full names drawn as often as they occur."""

    core: tuple[Pair, ...]
    stretch: tuple[Pair, ...]
    others: tuple[Name, ...]
    strangers: tuple[Name, ...]

    @classmethod
    def of(cls, seed: int, each: int = EACH, others: int = OTHERS, searched: int = SEARCHED) -> "Trial":
        """Return a trial by its seed."""
        chance = random.Random(seed)
        core, stretch = tuple(spellings.core(chance, each)), tuple(spellings.stretch(chance, each))
        return cls(
            core, stretch, tuple(spellings.strangers(chance, others)), tuple(spellings.strangers(chance, searched))
        )

    @property
    def held(self) -> list[Name]:
        """Everybody in the store."""
        return [*(pair.held for pair in (*self.core, *self.stretch)), *self.others]

    @property
    def typed(self) -> list[str]:
        """All that is looked for: the pairs, then the strangers."""
        return [*(pair.typed for pair in (*self.core, *self.stretch)), *(" ".join(name) for name in self.strangers)]

    @property
    def keys(self) -> list[str]:
        """What stands in the box at every keystroke of some of it."""
        some = self.typed[:: max(1, len(self.typed) // 150)]
        return [text[:end] for text in some for end in range(1, len(text) + 1)]


@dataclass(frozen=True, slots=True)
class Result:
    """Shares of 1: found of the core and of the stretch, searches that show somebody of another name; and what was missed."""

    core: float
    stretch: float
    false_exact: float
    false_near: float
    missed: tuple[Pair, ...]
    wrong: tuple[tuple[str, str], ...]  # what was typed, who was shown

    @property
    def false(self) -> float:
        """Searches for a full name that show another one, as the same or as near."""
        return self.false_exact + self.false_near


def judged(trial: Trial, found: Found) -> Result:
    """Return what answers are worth."""
    pairs = (*trial.core, *trial.stretch)
    hit = [any(tuple(one[:2]) == pair.held for one in there) for pair, there in zip(pairs, found, strict=False)]
    core = len(trial.core)
    wrong: list[tuple[str, str]] = []
    exact = near = 0
    for name, there in zip(trial.strangers, found[len(pairs) :], strict=True):
        others = [one for one in there if not _one_name(name, (str(one[0]), str(one[1])))]
        if others:
            wrong.append((" ".join(name), f"{others[0][0]} {others[0][1]}"))
            near += all(one[2] for one in others)
            exact += not all(one[2] for one in others)
    missed = tuple(pair for pair, there in zip(pairs, hit, strict=True) if not there)
    count = len(trial.strangers)
    return Result(
        sum(hit[:core]) / core, sum(hit[core:]) / len(trial.stretch), exact / count, near / count, missed, tuple(wrong)
    )


def _one_name(one: Name, other: Name) -> bool:
    """Return whether both are one name as the lists know it: the same words, in any order, among others."""
    mine, theirs = _known_words(one), _known_words(other)
    return mine <= theirs or theirs <= mine


def _known_words(name: Name) -> set[str]:
    return {_ONE_NAME.get(word, word) for word in " ".join(name).casefold().replace("-", " ").split()}


_ONE_NAME = {form.casefold(): line.split()[0] for line in spellings.ONE_NAME for form in line.split()}


@dataclass(frozen=True, slots=True)
class Named:
    """What one source answered."""

    result: Result
    took: Sequence[float]  # milliseconds of every keystroke
    paused: Sequence[float]  # of the second look, where a key found nothing and somebody paused there
    size: int
    merged: int  # people who were joined to others by themselves


def asked(trial: Trial, source: Path) -> Named:
    """Return what a source of the program answers."""
    question = json.dumps({"people": trial.held, "typed": trial.typed, "keys": trial.keys})
    env = {**os.environ, "PYTHONPATH": str(source)}
    done = subprocess.run(
        [sys.executable, "-P", names_child.__file__],
        input=question,
        env=env,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    answer = json.loads(done.stdout)
    joined = len(trial.held) - answer["people"]
    return Named(judged(trial, answer["found"]), answer["took"], answer["paused"], answer["size"], joined)


def measured(seed: int, sources: Mapping[str, Path], people: int = OTHERS) -> dict[str, Named]:
    """Return the answers of this source and of others. ``people``: in the store beside those of the pairs."""
    trial = Trial.of(seed, others=people)
    return {name: asked(trial, place) for name, place in {"this source": ROOT, **sources}.items()}


def figures(answers: Mapping[str, Named], people: int = OTHERS) -> list[Figure]:
    """Return the figures of each source, and of this one over each other."""
    return [
        figure for name, one in answers.items() for figure in _of_source(name, one, people, own=name == "this source")
    ] + [
        figure
        for name, other in answers.items()
        if name != "this source"
        for figure in _over(name, answers["this source"], other, people)
    ]


def _of_source(name: str, one: Named, people: int, *, own: bool) -> Iterator[Figure]:
    result = one.result
    for what, value, limit, at_least in (
        ("spellings of one name found, %", 100 * result.core, 99.0, True),
        ("near names found, %", 100 * result.stretch, 95.0, True),
        ("searches that show another name, %", 100 * result.false, 2.0, False),
        ("people joined by themselves", float(one.merged), 0.0, False),
    ):
        yield Figure(
            "N1" if own else "", f"{name}: {what}", people, value, "", limit if own else None, at_least=at_least
        )
    for part in (50, 99):
        yield Figure("", f"{name}: every keystroke, p{part}", people, percentile(one.took, part), "ms")
    for part in (50, 99) if one.paused else ():
        yield Figure("", f"{name}: second look after a pause, p{part}", people, percentile(one.paused, part), "ms")
    yield Figure("", f"{name}: index of names", people, one.size / 1000, "kB")


def _over(name: str, own: Named, other: Named, people: int) -> Iterator[Figure]:
    yield Figure(
        "N1", f"keystroke p99 over {name}", people, percentile(own.took, 99) / percentile(other.took, 99), "x", 1.1
    )
    yield Figure("N1", f"index of names over {name}", people, own.size / other.size, "x", 1.15)


def rules_missed(result: Result) -> str:
    """Return how often each rule was missed, for people."""
    return ", ".join(f"{rule} {count}" for rule, count in Counter(pair.rule for pair in result.missed).most_common())
