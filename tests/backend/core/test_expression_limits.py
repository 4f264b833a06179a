"""Whatever text stands in a diagram: no code of Python's is reached, and little is spent on it."""

import ast
import builtins
import contextlib
import json
import subprocess
import sys
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fellesgrep.core.expressions import (
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_LENGTH,
    ExpressionError,
    comparisons_in,
    evaluate,
    literals_in,
    names_in,
)

NAMES: dict[str, Any] = {
    "amount": 40_000_000, "share": 0.5, "kind": "business", "open": True, "nothing": None,
    "parties": ["a", "b"], "case": {"number": "2026-1"},
}  # fmt: skip
PLAIN = (bool, int, float, str, list, tuple, dict, type(None))
ESCAPES = ["__class__", "__globals__", "__init__", "__subclasses__", "mro", "format", "f_back"]


def _names() -> st.SearchStrategy[ast.expr]:
    every = [*NAMES, "unknown", "__import__", "eval", "exec", "open", "getattr", "min", "len"]
    return st.sampled_from(every).map(lambda name: ast.Name(name, ast.Load()))


def _literals() -> st.SearchStrategy[ast.expr]:
    values = st.one_of(
        st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=8),
        st.sampled_from([True, False, None, 10**120, -(10**12), 2.5e300, b"x", 1j, ...]),
    )  # fmt: skip
    return values.map(ast.Constant)


def _around(inner: st.SearchStrategy[ast.expr]) -> st.SearchStrategy[ast.expr]:
    """Anything that Python can write around expressions, allowed or not."""
    several = st.lists(inner, min_size=1, max_size=3)
    binary = [ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Mod, ast.FloorDiv, ast.Pow, ast.LShift]
    compare = [ast.Eq, ast.NotEq, ast.Lt, ast.GtE, ast.In, ast.NotIn, ast.Is]
    comprehension = ast.comprehension(ast.Name("x", ast.Store()), ast.Name("parties"), [], 0)
    no_arguments = ast.arguments([], [], None, [], [], None, [])
    return st.one_of(
        st.builds(ast.BinOp, inner, st.sampled_from(binary).map(lambda op: op()), inner),
        st.builds(ast.UnaryOp, st.sampled_from([ast.Not(), ast.USub(), ast.Invert()]), inner),
        st.builds(lambda op, parts: ast.BoolOp(op, [*parts, *parts[:1]]),
                  st.sampled_from([ast.And(), ast.Or()]), several),
        st.builds(lambda left, op, right: ast.Compare(left, [op()], [right]),
                  inner, st.sampled_from(compare), inner),
        st.builds(ast.IfExp, inner, inner, inner),
        st.builds(lambda parts: ast.List(parts, ast.Load()), several),
        st.builds(lambda f, parts: ast.Call(f, parts, []), inner, several),
        st.builds(lambda of, name: ast.Attribute(of, name, ast.Load()),
                  inner, st.sampled_from([*ESCAPES, "number"])),
        st.builds(lambda of, key: ast.Subscript(of, key, ast.Load()), inner, inner),
        st.builds(lambda part: ast.ListComp(part, [comprehension]), inner),
        st.builds(lambda part: ast.Lambda(no_arguments, part), inner),
        _names().map(lambda name: ast.JoinedStr([ast.FormattedValue(name, -1)])),
    )  # fmt: skip


def _written(tree: ast.expr) -> str:
    return ast.unparse(ast.fix_missing_locations(ast.Expression(tree)))


trees = st.recursive(_names() | _literals(), _around, max_leaves=25)


def _reaches_outside(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return any(_reaches_outside(each) for each in value)
    return type(value) not in PLAIN


@given(trees)
@settings(max_examples=1_500, deadline=None)
def test_any_expression_gives_plain_data_or_a_refusal_and_changes_nothing(tree: ast.expr) -> None:
    before, text = json.dumps(NAMES), _written(tree)
    with contextlib.suppress(ExpressionError):
        value = evaluate(text, NAMES)
        assert not _reaches_outside(value), (text, value)
    assert json.dumps(NAMES) == before


@given(trees)
@settings(max_examples=400, deadline=None)
def test_what_looks_into_an_expression_refuses_what_evaluating_refuses(tree: ast.expr) -> None:
    for look in (names_in, literals_in, comparisons_in):
        with contextlib.suppress(ExpressionError):
            look(_written(tree))


@given(st.sampled_from(ESCAPES), st.sampled_from([*NAMES, "'text'", "(1)", "[1]", "len", "case"]))
def test_no_attribute_of_anything_can_be_reached(attribute: str, of: str) -> None:
    for text in (f"{of}.{attribute}", f"{of}.{attribute}()", f"{of}.{attribute}.{attribute}"):
        with pytest.raises(ExpressionError):
            evaluate(text, NAMES)


@pytest.mark.parametrize("name", [*dir(builtins), "__builtins__", "os", "sys"])
def test_no_builtin_is_known_but_the_five_harmless_ones(name: str) -> None:
    if name in {"min", "max", "len", "abs", "round", "True", "False", "None"}:
        return
    for text in (f"{name}(1)", name) if name not in NAMES else (f"{name}(1)",):
        with pytest.raises(ExpressionError):
            evaluate(text, NAMES)


COSTLY = [
    "'%1000000000d' % amount",
    "'%s' % kind",
    "round(amount, -1000000000)",
    "round(amount, 10 ** 9)",
    "'a' * 1000000",
    "[1] * 1000000",
    "parties * 1000000",
    "amount ** amount",
    "1 << 100000000",
    "9" * (MAX_DIGITS + 1),
    "(" * 90 + "1" + ")" * 90 + " + " * 3,
    "-" * (MAX_DEPTH + 1) + "1",
    "not " * (MAX_DEPTH + 1) + "open",
    " + ".join(["1"] * (MAX_DEPTH + 2)),
    "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1),
    "1" + " " * MAX_LENGTH + "+ 1 ",
    "1 == " * 900 + "1",
]


@pytest.mark.parametrize("text", COSTLY, ids=range(len(COSTLY)))
def test_what_would_cost_much_is_refused_at_once(text: str) -> None:
    begun = time.process_time()
    with pytest.raises(ExpressionError):
        evaluate(text, NAMES)
    assert time.process_time() - begun < 1


def test_the_dearest_expression_that_is_allowed_is_cheap() -> None:
    biggest = "9" * MAX_DIGITS
    product = "*".join([biggest] * (MAX_DEPTH // 4))
    begun = time.process_time()
    assert evaluate(f"({product}) > 0", NAMES) is True
    assert evaluate(" or ".join(["kind == 'x'"] * 100) + " or open", NAMES) is True
    assert time.process_time() - begun < 1


def test_evaluating_starts_no_program_and_opens_no_file() -> None:
    """In a process whose every audited act is refused: the interpreter itself is the witness."""
    watched = (
        "import sys\nfrom fellesgrep.core.expressions import evaluate, ExpressionError\n"
        "import contextlib, json\n"
        "texts = json.load(sys.stdin)\n"
        "evaluate('1 + 1', {})\nseen = []\n"
        "wrong = ('open', 'import', 'exec', 'os.', 'subprocess.', 'socket.')\n"
        "sys.addaudithook(lambda e, a: seen.append(e) if e.startswith(wrong) else None)\n"
        "for text in texts:\n"
        "    with contextlib.suppress(ExpressionError):\n"
        "        evaluate(text, {'kind': 'x', 'amount': 1})\n"
        "print(json.dumps(seen))\n"
    )
    texts = [
        "__import__('os').system('true')", "open('/etc/passwd').read()", "eval('1')",
        "exec('import os')", "kind.__class__.__mro__", "().__class__.__bases__[0]",
        "[x for x in (1).__class__.__subclasses__()]", "amount > 0 and kind == 'x'",
    ]  # fmt: skip
    ran = subprocess.run(
        [sys.executable, "-c", watched], input=json.dumps(texts), capture_output=True, text=True,
        check=True, timeout=60,
    )  # fmt: skip
    assert json.loads(ran.stdout) == []
