"""Two versions of a template word by word."""

from dataclasses import replace
from typing import Any

from fellesgrep.contract_templates.comparison import readable
from fellesgrep.contract_templates.models import Template
from fellesgrep.contract_templates.service import import_shipped
from fellesgrep.contract_templates.shipped import shipped
from fellesgrep.core.tx import Tx
from fellesgrep.identity.policy import Role
from tests.conftest import ClientFor, World
from tests.contract_templates.expected import text_of

PART = "<p>Samarbeidet er <span data-var='case.title'></span>.</p>"


def two_versions(tx: Tx) -> Template:
    """The letter of cooperation, and a draft of it with a longer notice."""
    (letter,) = (each for each in shipped() if each.manifest.key == "samarbeidsbrev")
    import_shipped(tx, [letter])
    bodies: dict[Any, str] = {
        language: body.replace("fire ukers varsel", "åtte ukers varsel")
        for language, body in letter.bodies.items()
    }
    assert bodies["nb"] != letter.bodies["nb"]
    import_shipped(tx, [replace(letter, bodies=bodies)])
    return tx.session.query(Template).filter_by(key="samarbeidsbrev").one()


def test_a_draft_is_shown_word_by_word_beside_the_text_in_force(
    client_for: ClientFor, world: World
) -> None:
    template = two_versions(world.tx)
    old, new = template.versions
    world.tx.session.commit()
    legal = client_for(Role.LEGAL)
    address = f"/api/v1/templates/{template.id}/versions/{new.id}/redline"
    shown = legal.get(address).json()
    assert (shown["before"], shown["after"]) == (1, 2)
    assert "<del> fire</del><ins> åtte</ins> ukers varsel" in shown["html"]
    assert shown["html"].count("<ins>") == 1
    back = legal.get(address.replace(str(new.id), str(old.id)), params={"against": str(new.id)})
    assert "<del> åtte</del><ins> fire</ins>" in back.json()["html"]
    said = text_of(legal.get(f"{address}.pdf").content)
    assert "Samarbeidsbrev: versjon 1 og 2" in said
    assert "fire åtte ukers varsel" in " ".join(said.split())
    foreign = legal.get(address, params={"language": "en", "against": str(template.id)})
    assert foreign.status_code == 404


def test_a_lonely_version_has_nothing_to_be_compared_with(
    client_for: ClientFor, world: World
) -> None:
    import_shipped(world.tx)
    template = world.tx.session.query(Template).filter_by(key="samarbeidsavtale").one()
    world.tx.session.commit()
    answer = client_for(Role.LEGAL).get(
        f"/api/v1/templates/{template.id}/versions/{template.versions[0].id}/redline"
    )
    assert answer.status_code == 404
    assert "ingen annen versjon" in answer.json()["detail"]


def test_variables_and_conditions_are_written_out_for_the_reader() -> None:
    text = '<section data-if="fields.open_to_all"><h2>Åpent</h2>' + PART + "</section>"
    written = readable(text, "nb")
    assert "[sakens tittel]" in written or "[case.title]" in written
    assert "(bare hvis fields.open_to_all)" in written
