"""What identity is told by the environment."""

from pydantic import BaseModel, SecretStr

from fellesgrep.core.registry import Slot


class OidcSettings(BaseModel):
    """An OpenID Connect provider for the municipality's own people."""

    issuer: str
    client_id: str
    client_secret: SecretStr | None = None
    scope: str = "openid email profile"


class IdentitySettings(BaseModel):
    """How people log in. The development log-in exists only where no provider is configured."""

    development_login: bool = False
    secure_cookies: bool = False
    public_url: str = "http://127.0.0.1:8000"
    oidc: OidcSettings | None = None


IDENTITY: Slot[IdentitySettings] = Slot("identity settings")
