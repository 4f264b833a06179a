"""Walks every operation of the application and compares it with the policy table."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from fellesgrep.app import create_app
from fellesgrep.core.ids import new_id
from fellesgrep.core.tx import House
from fellesgrep.identity import policy
from fellesgrep.identity.access import PLACES, Rule
from fellesgrep.identity.policy import EVERYONE, LOGGED_IN, POLICY, Grant, Place, Role, Scope
from fellesgrep.settings import Settings
from tests.conftest import ClientFor, World


@pytest.fixture
def app(settings: Settings, house: House) -> FastAPI:
    return create_app(settings, house)


def _routes(app: FastAPI) -> Iterator[APIRoute]:
    for route in app.router.routes:
        if isinstance(route, APIRoute):
            yield route
        else:
            inner = getattr(route, "original_router", None)
            yield from (r for r in getattr(inner, "routes", ()) if isinstance(r, APIRoute))


def _rules(dependant: Dependant) -> Iterator[Rule]:
    rule = getattr(dependant.call, "rule", None)
    if rule is not None:
        yield rule
    for inner in dependant.dependencies:
        yield from _rules(inner)


def _rule(route: APIRoute) -> Rule:
    found = list(_rules(route.dependant))
    assert len(found) == 1, f"{route.methods} {route.path} has {len(found)} rules of the policy"
    return found[0]


def test_every_route_has_exactly_one_rule_that_the_policy_knows(app: FastAPI) -> None:
    routes = list(_routes(app))
    assert len(routes) > 20
    for route in routes:
        rule = _rule(route)
        assert rule.action in POLICY.keys() | EVERYONE | LOGGED_IN, route.path
        if rule.on is not None:
            assert f"{{{rule.on}_id}}" in route.path, route.path


def test_every_action_of_the_policy_is_asked_by_a_route_or_a_step(app: FastAPI) -> None:
    asked = {_rule(route).action for route in _routes(app)}
    assert POLICY.keys() - asked - policy.ASKED_IN_STEPS == set()


def test_every_kind_of_place_that_routes_name_is_registered(app: FastAPI, house: House) -> None:
    named = {rule.on for rule in map(_rule, _routes(app)) if rule.on}
    assert named <= house.registry.all(PLACES).keys()


def _expected(role: Role | None, rule: Rule) -> int | None:
    """Return the status that the table demands, None where the request must get past it."""
    if rule.action in EVERYONE:
        return None
    if role is None:
        return 401
    if rule.action in LOGGED_IN or role in POLICY[rule.action]:
        return None
    return 403


@pytest.mark.parametrize("role", [None, *(role for role in Role if role is not Role.PARTNER)])
def test_every_operation_answers_each_role_as_the_table_says(
    role: Role | None, client_for: ClientFor, app: FastAPI
) -> None:
    client = client_for(role)
    client.headers["if-match"] = "1"
    wrong: list[str] = []
    for route in _routes(app):
        rule = _rule(route)
        if rule.action.startswith("portal:") or rule.action in {"login:use", "site:read"}:
            continue  # links are walked below; log-in and the admin's files are open to all
        path = route.path_format
        for parameter in route.dependant.path_params:
            path = path.replace(f"{{{parameter.alias}}}", str(new_id()))
        for method in route.methods or ():
            status = client.request(method, path).status_code
            expected = _expected(role, rule)
            if expected is None and status in {401, 403}:
                wrong.append(f"{method} {route.path}: {role} was refused with {status}")
            if expected is not None and status != expected:
                wrong.append(f"{method} {route.path}: {role} got {status}, not {expected}")
    assert wrong == []


def test_no_role_but_the_partner_passes_a_portal_rule(app: FastAPI) -> None:
    portal = {_rule(route).action for route in _routes(app)} & {
        action for action in POLICY if action.startswith("portal:")
    }
    assert portal
    for action in portal:
        assert POLICY[action] == {Role.PARTNER: Scope.LINK}


def test_partner_is_a_role_that_nobody_can_log_in_with(world: World) -> None:
    partner_actions = policy.actions_of(frozenset({Grant(Role.PARTNER, None)}))
    assert all(
        not policy.allows(action, new_id(), frozenset({Grant(Role.PARTNER, None)}), Place())
        for action in partner_actions - LOGGED_IN
    )


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PARTNER])
def test_scopes_reach_as_far_as_the_table_says(role: Role) -> None:
    me, here, elsewhere = new_id(), new_id(), new_id()
    grants = frozenset({Grant(role, here)})

    def may(action: str, area: UUID, *people: UUID) -> bool:
        return policy.allows(action, me, grants, Place(area, frozenset(people)))

    for action, row in POLICY.items():
        scope = row.get(role)
        outcome = (may(action, here), may(action, elsewhere), may(action, elsewhere, me))
        expected = {
            None: (False, False, False),
            Scope.ALL: (True, True, True),
            Scope.AREA: (True, False, False),
            Scope.OWN: (False, False, True),
        }[scope]
        assert outcome == expected, f"{role} {action}"
