"""What a template says about itself: titles, whom it fits, languages, what it asks the author."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from fellesgrep.core.db import MAX_INT64
from fellesgrep.core.languages import LANGUAGES, Language
from fellesgrep.core.problems import FieldProblem

_MAX_LENGTH = {"text": 300, "long_text": 10_000}


class FieldType(StrEnum):
    """What an asked field holds. Money is integer øre, a date `2026-03-02`."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    NUMBER = "number"
    MONEY = "money"
    CHOICE = "choice"
    YES_NO = "yes_no"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


Words = dict[Language, str]


class Choice(_Part):
    """One of the values of a choice."""

    value: str
    label: Words


class AskedField(_Part):
    """Something the case does not know and the author fills in; a text calls it `fields.<name>`."""

    name: str = Field(pattern=r"[a-z][a-z0-9_]*")
    type: FieldType
    label: Words
    help: Words = Field(default_factory=dict)
    required: bool = False
    departs: bool = False
    """What is written here is no approved text: legal reads it before the agreement goes out."""
    asked_if: str | None = None
    """The name of an earlier question of yes or no: this one is asked only where that is yes."""
    default: str | bool | int | None = None
    choices: tuple[Choice, ...] = ()
    minimum: int = 0
    maximum: int = 1_000_000

    def is_asked(self, values: Mapping[str, Any]) -> bool:
        """Tell whether it is asked, with these answers to the questions before it."""
        return self.asked_if is None or values.get(self.asked_if) is True

    def problem(self, value: Any, language: Language) -> FieldProblem | None:
        """Tell what is wrong with a value; None where nothing is. No value is never wrong here."""
        name, params = _BAD[self.type], {"label": self.label[language]}
        if value is None or value == "" or self._fits(value):
            return None
        limit = _MAX_LENGTH.get(self.type)
        if limit and isinstance(value, str):
            name, params = "field_too_long", params | {"max_length": str(limit)}
        if self.type is FieldType.NUMBER:
            params |= {"minimum": str(self.minimum), "maximum": str(self.maximum)}
        return FieldProblem(f"/fields/{self.name}", f"contract_templates.problem.{name}", params)

    def _fits(self, value: Any) -> bool:
        match self.type:
            case FieldType.TEXT | FieldType.LONG_TEXT:
                return isinstance(value, str) and len(value) <= _MAX_LENGTH[self.type]
            case FieldType.DATE:
                return isinstance(value, str) and _is_date(value)
            case FieldType.NUMBER:
                return _is_whole(value) and self.minimum <= value <= self.maximum
            case FieldType.MONEY:
                return _is_whole(value) and 0 <= value <= MAX_INT64
            case FieldType.CHOICE:
                return value in {choice.value for choice in self.choices}
            case FieldType.YES_NO:
                return isinstance(value, bool)


_BAD = {
    FieldType.TEXT: "field_not_text",
    FieldType.LONG_TEXT: "field_not_text",
    FieldType.DATE: "field_not_date",
    FieldType.NUMBER: "field_not_number",
    FieldType.MONEY: "field_not_money",
    FieldType.CHOICE: "field_not_choice",
    FieldType.YES_NO: "field_not_yes_no",
}


class Manifest(_Part):
    """A template's description of itself."""

    key: str
    version: int = Field(ge=1)
    title: Words
    languages: tuple[Language, ...] = Field(min_length=1)
    fits: frozenset[str]
    rank: int = Field(default=50, ge=0, le=100)
    """Where the type stands among those that fit: the lowest is what a draft begins with."""
    contents: Literal["auto", "always", "never"] = "auto"
    """Whether a table of contents stands on the first page: `auto` where the text is long."""
    fields: tuple[AskedField, ...] = ()

    @model_validator(mode="after")
    def _asks_after_yes_or_no(self) -> "Manifest":
        earlier: set[str | None] = {None}
        for field in self.fields:
            if field.asked_if not in earlier:
                raise ValueError(f"{field.name} is asked after what is no earlier yes or no")
            earlier |= {field.name} if field.type is FieldType.YES_NO else set()
        return self

    @model_validator(mode="after")
    def _speaks_all_languages(self) -> "Manifest":
        spoken = [self.title]
        for field in self.fields:
            spoken += [field.label, *(choice.label for choice in field.choices)]
            spoken += [field.help] if field.help else []
        for words in spoken:
            if missing := set(LANGUAGES) - words.keys():
                raise ValueError(f"{words} lacks {sorted(missing)}")
        return self

    def values(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return a value for every field: what was given, else the default, else None.

        What is not asked has none, whatever was answered before.
        """
        values: dict[str, Any] = {}
        for field in self.fields:
            said = given.get(field.name)
            value = field.default if said in (None, "") else said
            values[field.name] = value if field.is_asked(values) else None
        return values

    def problems(self, given: Mapping[str, Any], language: Language) -> list[FieldProblem]:
        """Return what is wrong with values as they are typed; missing ones are not wrong yet."""
        known = {field.name: field for field in self.fields}
        found = [
            FieldProblem(f"/fields/{name}", "contract_templates.problem.field_unknown")
            for name in given.keys() - known.keys()
        ]
        for name, field in known.items():
            problem = field.problem(given.get(name), language)
            found += [problem] if problem else []
        return found

    def departures(self, values: Mapping[str, Any]) -> list[str]:
        """Return the fields whose answers are no approved text."""
        return [f.name for f in self.fields if f.departs and values.get(f.name)]

    def missing(self, values: Mapping[str, Any], language: Language) -> list[FieldProblem]:
        """Return a problem for each required field that has no value."""
        return [
            FieldProblem(
                f"/fields/{field.name}",
                "contract_templates.problem.field_missing",
                {"label": field.label[language]},
            )
            for field in self.fields
            if field.required and field.is_asked(values) and values.get(field.name) in (None, "")
        ]


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
