"""Which agreements hold which wording of their template."""

from fellesgrep.contract_templates.models import TemplateVersion, VersionStatus
from fellesgrep.identity.policy import Role
from tests.backend.signing.stories import Signing
from tests.conftest import ClientFor


def test_signed_agreements_with_the_old_wording_are_found(
    signing: Signing, client_for: ClientFor
) -> None:
    version_id = signing.agreement().template_version_id
    with signing.house.transaction() as tx:
        template_id = tx.session.get_one(TemplateVersion, version_id).template_id
    client = client_for(Role.LEGAL)
    (use,) = client.get(f"/api/v1/templates/{template_id}/uses").json()
    assert (use["case_number"], use["version"], use["signed"]) == ("2026-00001", 1, False)
    assert (use["old_wording"], use["status_label"]) == (False, "Til underskrift")
    with signing.house.transaction() as tx:
        tx.session.get_one(TemplateVersion, version_id).status = VersionStatus.RETIRED
    signing.everybody_signs()
    signing.complete("countersign", Role.DECISION_MAKER, confirm=True)
    (use,) = client.get(f"/api/v1/templates/{template_id}/uses").json()
    assert (use["old_wording"], use["signed"]) == (True, True)
