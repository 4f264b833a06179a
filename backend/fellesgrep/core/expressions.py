"""The one evaluator of text that people write in diagrams, tables and templates.

Built on simpleeval with everything off but comparison, arithmetic, `and/or/not`, `in`, literals
and a few harmless functions. Names are given by the caller; `case.number` is the key `number`
of the mapping `case`, never an attribute of an object. Calls of methods and comprehensions are
refused. What an expression may cost is bounded: its length and depth, the text and the numbers
that it makes.
"""

import ast
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from simpleeval import DEFAULT_OPERATORS, EvalWithCompoundTypes, InvalidExpression

MAX_LENGTH = 2_000
MAX_DEPTH = 50
MAX_DIGITS = 100


def _remainder(left: Any, right: Any) -> Any:
    """Return the remainder of numbers; of text, `%` would be formatting, of any width."""
    if not isinstance(left, int | float):
        raise TypeError("% takes numbers only")
    return left % right


def _product(left: Any, right: Any) -> Any:
    """Multiply numbers; text or lists times a number could be of any length."""
    if not isinstance(left, int | float) or not isinstance(right, int | float):
        raise TypeError("* takes numbers only")
    return left * right


def _rounded(number: Any, digits: int = 0) -> Any:
    """Round to so many digits; without a bound, thousands of millions of them could be asked."""
    if not isinstance(number, int | float) or not -20 <= digits <= 20:
        raise TypeError("round takes a number and at most 20 digits")
    return round(number, digits) if digits else round(number)


_FUNCTIONS = {"min": min, "max": max, "len": len, "abs": abs, "round": _rounded}
_OPERATORS = DEFAULT_OPERATORS | {ast.Mod: _remainder, ast.Mult: _product}
_NODES: tuple[type[ast.AST], ...] = (
    ast.Expression, ast.Expr, ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub,
    ast.BinOp, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Mod, ast.FloorDiv,
    ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn,
    ast.Is, ast.IsNot, ast.Constant, ast.Name, ast.Load, ast.List, ast.Tuple, ast.IfExp, ast.Call,
)  # fmt: skip


class ExpressionError(ValueError):
    """The text is no expression we accept, or it does not hold for the given names."""


class _DottedNames(ast.NodeTransformer):
    """Reads `a.b` as one name."""

    def visit_Attribute(self, node: ast.Attribute) -> ast.Name:
        before = self.visit(node.value)
        if not isinstance(before, ast.Name):
            raise ExpressionError("a dot may follow a name only")
        return ast.copy_location(ast.Name(f"{before.id}.{node.attr}", ast.Load()), node)


class _Names:
    """The caller's names, with dotted ones looked up through nested mappings."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        self._names = names

    def __getitem__(self, name: str) -> Any:
        try:
            return look_up(self._names, name)
        except KeyError:
            # For a `KeyError`, simpleeval would look among its functions and hand one out.
            raise ExpressionError(f"{name} is not known") from None


def look_up(names: Mapping[str, Any], name: str) -> Any:
    """Return what a dotted name stands for; raises `KeyError` where a part of it is missing."""
    found: Any = names
    for part in name.split("."):
        if not isinstance(found, Mapping):
            raise KeyError(name)
        found = found[part]
    return found


@lru_cache(maxsize=4096)
def _parse(text: str) -> ast.expr:
    if len(text) > MAX_LENGTH:
        raise ExpressionError(f"longer than {MAX_LENGTH} characters")
    try:
        tree = _DottedNames().visit(ast.parse(text.strip(), mode="eval"))
    except ExpressionError:
        raise
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError(f"cannot be read: {error}") from None
    if _depth(tree) > MAX_DEPTH:
        raise ExpressionError(f"nested deeper than {MAX_DEPTH}")
    for node in ast.walk(tree):
        if not isinstance(node, _NODES):
            raise ExpressionError(f"{type(node).__name__} is not allowed")
        if isinstance(node, ast.Call) and not _is_plain(node):
            raise ExpressionError("only plain calls of known functions are allowed")
        if isinstance(node, ast.Constant) and not isinstance(
            node.value, str | int | float | bool | None
        ):
            raise ExpressionError("only text, numbers, True, False and None are allowed")
        if isinstance(node, ast.Constant) and _is_huge(node.value):
            raise ExpressionError(f"a number of more than {MAX_DIGITS} digits is not allowed")
    body: ast.expr = tree.body
    return body


def _depth(tree: ast.AST) -> int:
    deepest, waiting = 0, [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting += [(child, depth + 1) for child in ast.iter_child_nodes(node)]
    return deepest


def _is_plain(call: ast.Call) -> bool:
    """Tell whether one of our own functions is called; simpleeval knows a few more."""
    return not call.keywords and isinstance(call.func, ast.Name) and call.func.id in _FUNCTIONS


def _is_huge(value: Any) -> bool:
    return isinstance(value, int) and abs(value) >= 10**MAX_DIGITS


def names_in(text: str) -> frozenset[str]:
    """Return the names an expression asks for; raises `ExpressionError` where it is none."""
    tree = _parse(text)
    called = {node.func for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return frozenset(
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node not in called
    )


def literals_in(text: str) -> frozenset[Any]:
    """Return the text, numbers and truth values that stand in an expression."""
    found: set[Any] = set()
    for node in ast.walk(_parse(text)):
        if isinstance(node, ast.Constant) and node.value is not None:
            found.add(node.value)
        if isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant):
            value = node.operand.value
            if isinstance(value, int | float) and isinstance(node.op, ast.USub):
                found.add(-value)
    return frozenset(found)


def comparisons_in(text: str) -> list[tuple[str, Any]]:
    """Return each name and the text or number it is set equal to, or unequal, in an expression."""
    return [
        (node.left.id, asked.value)
        for node in ast.walk(_parse(text))
        if isinstance(node, ast.Compare)
        and isinstance(node.left, ast.Name)
        and isinstance(asked := node.comparators[0], ast.Constant)
        and isinstance(node.ops[0], ast.Eq | ast.NotEq)
    ]


def evaluate(text: str, names: Mapping[str, Any]) -> Any:
    """Return the value of `text` for `names`; raises `ExpressionError`, runs no code of its own."""
    tree = _parse(text)
    evaluator = EvalWithCompoundTypes(
        operators=_OPERATORS, functions=_FUNCTIONS, names=_Names(names)
    )
    try:
        return evaluator.eval(text, previously_parsed=tree)
    except (InvalidExpression, ArithmeticError, TypeError, ValueError, RecursionError) as error:
        raise ExpressionError(f"{text!r}: {error}") from None
