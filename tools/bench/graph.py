"""How long the step graph of a large family takes: six people, seventy steps, everything that a screen asks."""

import random
from statistics import median
from time import perf_counter

from avrr_desktop.domain.procedure.steps import views
from avrr_desktop.domain.records.fields import Record
from tools.bench.figures import Figure

PEOPLE, STEPS, TIMES = 6, 70, 200


def family(chance: random.Random) -> list[Record]:
    """Return steps of which each waits for up to three earlier ones, and a few for later ones: circles too."""
    made = []
    for number in range(STEPS):
        others = [f"s{chance.randrange(STEPS if chance.random() < 0.05 else max(1, number))}" for _ in range(3)]
        values = {"state": chance.choice(("planned", "planned", "done", "waiting_authority")), "person": f"p{number % PEOPLE}",
                  "waits_for": tuple(others[:2]), "waits_for_any": tuple(others[2:])}  # fmt: skip
        made.append(Record("step", f"s{number}", values))
    return made


def figures() -> list[Figure]:
    """Return the middle time of one computation. An absolute goal, because a person waits for it."""
    chance = random.Random(7)
    taken = []
    for _ in range(TIMES):
        steps = family(chance)
        start = perf_counter()
        views(steps)
        taken.append(1000 * (perf_counter() - start))
    return [Figure("", "steps of six people, seventy steps, p50", 1, median(taken), "ms", 20.0)]


if __name__ == "__main__":
    for figure in figures():
        print(f"{figure.what}: {figure.value:.2f} {figure.unit} (at most {figure.limit})")
