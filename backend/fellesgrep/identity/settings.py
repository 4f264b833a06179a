"""What identity is told by the environment."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, SecretStr

from fellesgrep.core.registry import Slot


class OidcSettings(BaseModel):
    """An OpenID Connect provider for the municipality's own people."""

    issuer: str
    client_id: str
    client_secret: SecretStr | None = None
    scope: str = "openid email profile"


Acr = Literal["idporten-loa-substantial", "idporten-loa-high"]


class EidSettings(BaseModel):
    """ID-porten, for partners who log in to sign: our client there, and the level we ask for."""

    model_config = ConfigDict(frozen=True)

    issuer: str
    client_id: str
    key_file: Path
    key_id: str | None = None
    acr: Acr = "idporten-loa-substantial"
    scope: str = "openid profile"


class IdentitySettings(BaseModel):
    """How people log in. The development log-in exists only where no provider is configured."""

    development_login: bool = False
    secure_cookies: bool = False
    public_url: str = "http://127.0.0.1:8000"
    oidc: OidcSettings | None = None
    eid: EidSettings | None = None

    def cookie(self, name: str) -> str:
        """Return what a cookie is called here.

        With `__Host-` a browser takes it from this host alone, encrypted: no other site of the
        municipality's domain can put one of its own in its place.
        """
        return f"__Host-{name}" if self.secure_cookies else name


IDENTITY: Slot[IdentitySettings] = Slot("identity settings")
