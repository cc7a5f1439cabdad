"""The changes that are tried, each the kind of slip a person makes. Found in the syntax tree, made in the text.

Left alone is what no test could or should notice: docstrings, messages for people, annotations, decorators,
assertions (``assert``, ``strict=True``), ``__repr__`` and what only the type checker reads.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Sequence

from tests.mutants.areas import ROOT
from tests.mutants.mutant import Mutant

_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_OTHER_NAMES = {
    "min": "max",
    "max": "min",
    "any": "all",
    "all": "any",
    "startswith": "endswith",
    "endswith": "startswith",
    "lstrip": "rstrip",
    "rstrip": "lstrip",
    "partition": "rpartition",
    "rpartition": "partition",
    "find": "rfind",
}
_FOR_TYPES = {"TypeVar", "cast", "NewType"}
_ASSERTING = {"strict"}
_WORDS_ARE_GRAMMAR = "model/quantity/"  # elsewhere a text with Chinese in it is for people


def mutants_of(path: str) -> list[Mutant]:
    """Every change of a file, in the order of its text; those that read alike are one."""
    text = (ROOT / path).read_bytes()
    finder = _Finder(path, text)
    finder.statements(ast.parse(text).body)
    return list({mutant.key: mutant for mutant in finder.found}.values())


class _Finder:
    """Goes through a tree and notes what can be changed."""

    def __init__(self, path: str, text: bytes) -> None:
        self.found: list[Mutant] = []
        self._path = path
        self._text = text
        self._rows = text.decode().splitlines()
        self._starts = [0]
        for row in text.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(row))
        self._inside: list[str] = []
        self._lines = (0, 0)

    # Statements

    def statements(self, body: Sequence[ast.stmt]) -> None:
        """What can be changed in a body."""
        for statement in body:
            self._statement(statement)

    def _statement(self, node: ast.stmt) -> None:
        self._lines = (node.lineno, _end_of_head(node))
        match node:
            case ast.FunctionDef(name="__repr__") | ast.Assign(targets=[ast.Name(id="__all__")]) | ast.Assert():
                return
            case ast.FunctionDef() | ast.ClassDef():
                self._definition(node)
                return
            case ast.If(test=ast.Name(id="TYPE_CHECKING")) | ast.Expr(value=ast.Constant()):
                return
            case ast.Raise():
                self._change(node, "statement removed", "pass")
                return
            case ast.Match():
                self._match(node)
                return
            case ast.If():
                self._change(node.test, "condition", "True")
                self._change(node.test, "condition", "False")
            case ast.While():
                self._change(node.test, "condition", "False")
            case ast.Return(value=ast.expr() as value) if not _is_none(value):
                self._change(value, "answer", "None")
            case ast.Return() | ast.Delete() | ast.Expr():
                self._change(node, "statement removed", "pass")
            case ast.Continue():
                self._change(node, "loop", "break")
            case ast.Break():
                self._change(node, "loop", "continue")
            case ast.AugAssign():
                self._change(node, "statement removed", "pass")
                self._other_operator(node)
            case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
                self._change(node, "statement removed", "pass")
            case _:
                pass
        self._children(node)

    def _definition(self, node: ast.FunctionDef | ast.ClassDef) -> None:
        if isinstance(node, ast.FunctionDef):
            for default in (*node.args.defaults, *node.args.kw_defaults):
                if default is not None:
                    self._expression(default)
        self._inside.append(node.name)
        self.statements(node.body)
        self._inside.pop()

    def _match(self, node: ast.Match) -> None:
        self._expression(node.subject)
        for case in node.cases:
            if "assert_never" in ast.unparse(case.body[0]):
                continue
            if case.guard is not None:
                self._lines = (case.guard.lineno, case.guard.lineno)
                self._change(case.guard, "condition", "True")
                self._change(case.guard, "condition", "False")
                self._expression(case.guard)
            self.statements(case.body)

    def _children(self, node: ast.AST) -> None:
        for name, value in ast.iter_fields(node):
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.stmt):
                    self._statement(child)
                elif isinstance(child, ast.expr) and name != "annotation":
                    self._expression(child)
                elif isinstance(child, ast.keyword) and child.arg not in _ASSERTING:
                    self._expression(child.value)
                elif isinstance(child, ast.comprehension):
                    self._comprehension(child)
                elif isinstance(child, ast.ExceptHandler):
                    self.statements(child.body)
                elif isinstance(child, ast.withitem):
                    self._expression(child.context_expr)

    # Expressions

    def _expression(self, node: ast.expr) -> None:
        match node:
            case ast.JoinedStr():
                return  # a message, and before Python 3.12 the tree does not say where its parts stand
            case ast.Call(func=ast.Name(id=name)) if name in _FOR_TYPES:
                return
            case ast.Compare():
                self._comparison(node)
            case ast.BoolOp():
                self._both(node)
            case ast.UnaryOp(op=ast.Not() | ast.USub()):
                self._change(node, "negation", ast.unparse(node.operand))
            case ast.BinOp() if not _is_of_words(node):
                self._other_operator(node)
            case ast.Constant():
                self._constant(node)
            case ast.IfExp():
                self._change(node, "condition", ast.unparse(node.body))
                self._change(node, "condition", ast.unparse(node.orelse))
            case ast.Slice():
                self._slice(node)
            case ast.Call(func=ast.Name(id=name) as called) if name in _OTHER_NAMES:
                self._change(called, "other function", _OTHER_NAMES[name])
            case ast.Call(func=ast.Attribute(attr=name) as called) if name in _OTHER_NAMES:
                self._change(called, "other function", f"{ast.unparse(called.value)}.{_OTHER_NAMES[name]}")
            case ast.Call(func=ast.Name(id="Decimal"), args=[ast.Constant(value=str(number)) as constant]):
                self._change(constant, "number", repr(_next(number)))
                return
            case _:
                pass
        self._children(node)

    def _comparison(self, node: ast.Compare) -> None:
        for place, operator in enumerate(node.ops):
            for other in _COMPARISONS[type(operator)]:
                changed = copy.deepcopy(node)
                changed.ops[place] = other()
                self._change(node, "comparison", ast.unparse(changed))

    def _both(self, node: ast.BoolOp) -> None:
        changed = copy.deepcopy(node)
        changed.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        self._change(node, "and, or", ast.unparse(changed))
        for place in range(len(node.values)):
            rest = [value for number, value in enumerate(node.values) if number != place]
            less = rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
            self._change(node, "part of a condition", ast.unparse(less))

    def _other_operator(self, node: ast.BinOp | ast.AugAssign) -> None:
        if type(node.op) in _ARITHMETIC and not _is_of_words(node):
            changed = copy.deepcopy(node)
            changed.op = _ARITHMETIC[type(node.op)]()
            self._change(node, "arithmetic", ast.unparse(changed))

    def _constant(self, node: ast.Constant) -> None:
        match node.value:
            case bool(value):
                self._change(node, "constant", str(not value))
            case int(number):
                self._change(node, "number", str(number + 1))
                self._change(node, "number", str(number - 1))
            case str(text) if text.isascii() or self._path.startswith(_WORDS_ARE_GRAMMAR):
                self._change(node, "text", repr("" if text else "XX"))
            case _:
                pass

    def _slice(self, node: ast.Slice) -> None:
        for end in (node.lower, node.upper):
            if end is not None:
                self._change(end, "end of a slice", "")
            if end is not None and not isinstance(end, ast.Constant):
                self._change(end, "end of a slice", f"{ast.unparse(end)} + 1")
                self._change(end, "end of a slice", f"{ast.unparse(end)} - 1")

    def _comprehension(self, node: ast.comprehension) -> None:
        self._expression(node.iter)
        for condition in node.ifs:
            self._change(condition, "condition", "True")
            self._expression(condition)

    def _change(self, node: ast.expr | ast.stmt, kind: str, after: str) -> None:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = self._starts[node.lineno - 1] + node.col_offset
        end = self._starts[node.end_lineno - 1] + node.end_col_offset
        needs_brackets = isinstance(node, ast.expr) and after and not after.isidentifier()
        self.found.append(
            Mutant(
                self._path,
                ".".join(self._inside),
                node.lineno,
                self._lines,
                start,
                end,
                kind,
                self._text[start:end].decode(),
                f"({after})" if needs_brackets else after,
                self._rows[node.lineno - 1].strip(),
            )
        )


def _end_of_head(node: ast.stmt) -> int:
    """The last line of a statement, of one with a body the last before that body."""
    body = getattr(node, "body", None)
    if isinstance(body, list) and body:
        return max(node.lineno, int(body[0].lineno) - 1)
    return node.end_lineno or node.lineno


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_of_words(node: ast.BinOp | ast.AugAssign) -> bool:
    """Types joined by a bar, and texts put together: any other operator would only be an error at once."""
    parts = [node.left, node.right] if isinstance(node, ast.BinOp) else [node.value]
    if isinstance(node.op, ast.BitOr) and all(ast.unparse(part).split(".")[-1][:1].isupper() for part in parts):
        return True
    return any(isinstance(part, ast.JoinedStr) or _is_text(part) for part in parts)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _next(number: str) -> str:
    """The same number with its last digit one higher."""
    return number[:-1] + str((int(number[-1]) + 1) % 10)
