"""A mistake fits by its syntax: the code around it may be written anew, but where it is not clear it is refused."""

import pytest

from tests.mutations.mutation import Mutation

CODE = '''
LIMIT = 3


class Gate:
    def opens(self, key: str) -> bool:
        """Whether."""
        if (
            key  # the whole of it
            and len(key) > LIMIT
        ):
            self.count = call(key, strict=True)
            self.done()
            return True
        elif key is None:
            self.done()
        return False

    def other(self) -> bool:
        return True
'''


def planted(within: str, old: str, new: str, which: int = 0) -> str:
    return Mutation("gate.py", within, old, new, which).planted(CODE)


@pytest.mark.parametrize(
    ("within", "old", "new", "line"),
    [
        ("Gate.opens", "key and len(key) > LIMIT", "key", "            (key)\n        ):"),
        ("Gate.opens", "strict = True", "strict=False", "call(key, strict=False)"),
        (
            "Gate.opens",
            "self.done()\nreturn True",
            "return True",
            "strict=True)\n            return True\n        elif",
        ),
        ("Gate.opens", "return False", "if key:\n    return True", "        if key:\n            return True\n"),
        ("", "LIMIT = 3", "LIMIT = 30", "\nLIMIT = 30\n"),
        ("Gate.other", "True", "False", "return (False)"),
    ],
    ids=["an expression", "an argument", "statements", "more statements", "outermost", "another function"],
)
def test_it_fits_however_the_code_is_written(within: str, old: str, new: str, line: str) -> None:
    assert line in planted(within, old, new)


def test_what_stands_there_twice_is_refused_until_it_is_said_which() -> None:
    with pytest.raises(ValueError, match="has this 2 times"):
        planted("Gate.opens", "self.done()", "self.count()")
    assert planted("Gate.opens", "self.done()", "self.count()", which=2).endswith(
        CODE[CODE.index("        elif") :].replace("self.done()", "(self.count())")
    )


@pytest.mark.parametrize(
    ("within", "old", "new"),
    [
        ("Gate.shuts", "return True", "pass"),
        ("Gate.other", "len(key)", "0"),
        ("Gate", "return True", "pass"),
        ("Gate.opens", "if key is None:\n    self.done()", "pass"),
        ("Gate.other", "True", "(True)"),
    ],
    ids=["no such function", "not there", "in a function of its own", "an elif", "nothing changes"],
)
def test_what_does_not_fit_is_refused(within: str, old: str, new: str) -> None:
    with pytest.raises(ValueError, match=r"gate\.py"):
        planted(within, old, new)
