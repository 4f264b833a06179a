"""Forms of user tasks: JSON Schema with titles in three languages, and what people answered.

In a form file every `title` and `description` is an object `{"nb": …, "nn": …, "en": …}`.
`"x-fact": true` on a property makes its answer a fact of the process; `"x-ui"` holds what the
screen should know (`ui:widget` …). Readers get plain JSON Schema and a UI schema beside it.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import SchemaError, ValidationError

from fellesgrep.core.languages import LANGUAGES, Language
from fellesgrep.core.problems import FieldProblem, Invalid

_KEYS = {
    "type": "not_valid",
    "oneOf": "not_a_choice",
    "enum": "not_a_choice",
    "const": "not_valid",
    "minLength": "too_short",
    "maxLength": "too_long",
    "minimum": "too_small",
    "maximum": "too_large",
    "additionalProperties": "unknown_field",
}
_FORMATS = {"date": "not_a_date", "uuid": "not_an_id"}


@dataclass(frozen=True)
class Form:
    """A form as it is written."""

    source: dict[str, Any]
    _validator: Draft202012Validator

    @property
    def properties(self) -> dict[str, dict[str, Any]]:
        """The fields, in their order on the screen."""
        found: dict[str, dict[str, Any]] = self.source.get("properties", {})
        return found

    @property
    def facts(self) -> list[str]:
        """The fields whose answers are facts of the process."""
        return [name for name, field in self.properties.items() if field.get("x-fact")]

    def schema(self, language: Language) -> dict[str, Any]:
        """Return plain JSON Schema in the reader's language."""
        plain: dict[str, Any] = _in_language(self.source, language)
        return plain

    def ui(self) -> dict[str, Any]:
        """Return the UI schema."""
        fields = {name: field["x-ui"] for name, field in self.properties.items() if "x-ui" in field}
        return {"ui:order": list(self.properties), **fields}

    def check(self, answers: Mapping[str, Any]) -> None:
        """Raise `Invalid` with the fields that are wrong, below `/answers`."""
        problems = [
            problem
            for error in self._validator.iter_errors(dict(answers))
            for problem in _problems(error)
        ]
        if problems:
            raise Invalid("core.problem.invalid", fields=problems)

    def facts_of(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answers that are facts."""
        return {name: answers[name] for name in self.facts if name in answers}


@lru_cache(maxsize=512)
def read_form(text: str) -> Form:
    """Read a form; raises `ValueError` where it is no JSON Schema of our kind."""
    source = json.loads(text)
    if not isinstance(source, dict):
        raise ValueError("a form is an object")  # noqa: TRY004 (the file is wrong, not a call)
    plain = _in_language(source, "nb")
    try:
        Draft202012Validator.check_schema(plain)
    except SchemaError as error:
        raise ValueError(error.message) from None
    validator = Draft202012Validator(plain, format_checker=FormatChecker())
    return Form(source, validator)


def untranslated(form: Form) -> Iterator[str]:
    """Yield the path of each title or description that lacks a language."""

    def look(value: Any, path: str) -> Iterator[str]:
        if isinstance(value, dict):
            for key, inside in value.items():
                below = f"{path}/{key}"
                if key in {"title", "description"} and not (
                    isinstance(inside, dict) and "properties" in path.split("/")[-1:]
                ):
                    if not isinstance(inside, dict) or set(inside) != set(LANGUAGES):
                        yield below
                else:
                    yield from look(inside, below)
        elif isinstance(value, list):
            for index, inside in enumerate(value):
                yield from look(inside, f"{path}/{index}")

    yield from look(form.source, "")


def _in_language(value: Any, language: Language) -> Any:
    if isinstance(value, dict):
        if "nb" in value and value.keys() <= set(LANGUAGES):
            return value.get(language) or value["nb"]
        return {
            key: _in_language(inside, language)
            for key, inside in value.items()
            if key not in {"x-fact", "x-ui"}
        }
    if isinstance(value, list):
        return [_in_language(inside, language) for inside in value]
    return value


def _problems(error: ValidationError) -> Iterator[FieldProblem]:
    place = "/answers" + "".join(f"/{part}" for part in error.absolute_path)
    kind, limit = str(error.validator), cast(Any, error.validator_value)
    value = cast(Any, error.instance)
    if kind == "required":
        for name in set(limit) - set(value):
            yield FieldProblem(f"{place}/{name}", "core.field.missing")
    elif kind == "additionalProperties":
        for name in set(value) - set(cast(Any, error.schema).get("properties", {})):
            yield FieldProblem(f"{place}/{name}", "core.field.unknown_field")
    elif kind == "format":
        yield FieldProblem(place, f"core.field.{_FORMATS.get(limit, 'not_valid')}")
    elif kind == "minLength" and not value:
        yield FieldProblem(place, "core.field.missing")
    else:
        params = {"min_length": limit, "max_length": limit}
        yield FieldProblem(place, f"core.field.{_KEYS.get(kind, 'not_valid')}", params)
