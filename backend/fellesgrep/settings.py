"""Settings, all from the environment with the prefix `FELLESGREP_`. See docs/settings.md."""

import os
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import SettingsConfigDict

from fellesgrep.contract_templates.settings import ContractSettings
from fellesgrep.core.clock import Clock, FileClock, SystemClock
from fellesgrep.documents.models import Branding
from fellesgrep.identity.settings import EidSettings, IdentitySettings, OidcSettings
from fellesgrep.notifications.settings import SMS_BODY, NotificationSettings, SmsService
from fellesgrep.notifications.sms import check as check_sms
from fellesgrep.signing.seal_environment import SealEnvironment
from fellesgrep.signing.settings import SigningSettings


class Settings(SealEnvironment):
    """Everything an installation can be told."""

    model_config = SettingsConfigDict(
        env_prefix="FELLESGREP_",
        extra="ignore",
        secrets_dir=os.environ.get("FELLESGREP_SECRETS_DIR"),
    )

    mode: Literal["development", "production"] = Field(
        "development", description="`development` listens on this machine only and needs nothing."
    )
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=1, le=65535, description="Port of the API, the UI and the portal.")
    data_dir: Path = Field(
        Path("var"), description="Where the embedded database, the outbox and the seal key are."
    )
    database_url: str | None = Field(
        None, description="A PostgreSQL ≥ 15 (`postgresql+psycopg://…`); default: the embedded one."
    )
    public_url: str | None = Field(
        None, description="The address that partners' links begin with; default: host and port."
    )
    smtp_url: SecretStr | None = Field(
        None,
        description="`smtp://user:password@host:587` (STARTTLS) or `smtps://…`; "
        "without it mail goes to the outbox (development only).",
    )
    mail_from: str = Field(
        "ikke-svar@fellesgrep.example",
        description="Address that all mail comes from; the name shown is the municipality's.",
    )
    bounce_address: str = Field(
        "",
        description="Mailbox that undeliverable mail comes back to (`retur@kommune.no`). Each mail "
        "gets its own address of it (`retur+<id>@…`), so the server must take plus addresses.",
    )
    bounce_secret: SecretStr | None = Field(
        None,
        description="Secret with which a mail gateway signs what it posts to "
        "`/api/v1/mail/bounces`; without it that address does not exist.",
    )
    sms_url: str | None = Field(
        None,
        description="Address that text messages are posted to (`https://…`); without it the method "
        "`sms_code` cannot be used (in development the messages go to the outbox).",
    )
    sms_token: SecretStr | None = Field(
        None, description="Token for the text message provider, sent as `Authorization: Bearer`."
    )
    sms_sender: str = Field("", description="Sender of text messages, as the provider knows it.")
    sms_body: str = Field(
        SMS_BODY,
        description="What is posted: JSON in which `{to}`, `{text}`, `{sender}` and `{id}` are "
        "filled in.",
    )
    oidc_issuer: str | None = Field(None, description="Issuer of the OpenID Connect provider.")
    oidc_client_id: str | None = Field(None, description="Client id at the provider.")
    oidc_client_secret: SecretStr | None = Field(None, description="Client secret at the provider.")
    eid_issuer: str | None = Field(
        None,
        description="Issuer of ID-porten (`https://idporten.no`, or the test environment's): "
        "partners can then log in to sign.",
    )
    eid_client_id: str | None = Field(None, description="The municipality's client at ID-porten.")
    eid_key_file: Path | None = Field(
        None, description="The private RSA key of that client, PEM or JWK, readable by us alone."
    )
    eid_key_id: str | None = Field(
        None, description="The key's id (`kid`) at ID-porten; default: the one in the JWK."
    )
    eid_acr: Literal["idporten-loa-substantial", "idporten-loa-high"] = Field(
        "idporten-loa-substantial", description="The level of the electronic ID that is demanded."
    )
    eid_scope: str = Field("openid profile", description="Scopes asked for at ID-porten.")
    municipality_name: str = Field("Solvik kommune", description="Name in letterheads and mail.")
    municipality_number: str = Field(
        "399999995", description="The municipality's organisation number, nine digits."
    )
    fullmakt_url: str = Field(
        "https://data.brreg.no/fullmakt",
        description="Fullmakttjenesten, which tells who may sign for an organisation.",
    )
    enhetsregisteret_url: str = Field(
        "https://data.brreg.no/enhetsregisteret/api",
        description="Enhetsregisteret, which tells who sits on an organisation's board.",
    )
    authority_required: bool = Field(
        False,
        description="Send nothing out for signature before it is settled who may sign for each "
        "party, or a liaison has confirmed it with a reason.",
    )
    clock_file: Path | None = Field(
        None, description="A file that holds the time (tests; development mode only)."
    )

    @model_validator(mode="after")
    def _bounces_can_come_back(self) -> "Settings":
        local, _, domain = self.bounce_address.rpartition("@")
        if self.bounce_address and not (local and domain and len(local) <= 31 and "+" not in local):
            raise ValueError("FELLESGREP_BOUNCE_ADDRESS must be written retur@kommune.no")
        if self.bounce_secret is not None and len(self.bounce_secret.get_secret_value()) < 32:
            raise ValueError("FELLESGREP_BOUNCE_SECRET must have 32 characters or more")
        return self

    @model_validator(mode="after")
    def _eid_is_complete(self) -> "Settings":
        names = ("eid_issuer", "eid_client_id", "eid_key_file")
        missing = [name for name in names if getattr(self, name) is None]
        if missing and len(missing) < len(names):
            listed = ", ".join(f"FELLESGREP_{name.upper()}" for name in missing)
            raise ValueError(f"log-in with ID-porten needs {listed} too")
        if self.mode == "production" and not (self.eid_issuer or "https:").startswith("https:"):
            raise ValueError("FELLESGREP_EID_ISSUER must begin with https: in production mode")
        return self

    @model_validator(mode="after")
    def _production_is_complete(self) -> "Settings":
        if (provider := self._sms_service()) is not None:
            check_sms(provider)
        if self.mode == "development":
            if self.host not in {"127.0.0.1", "localhost", "::1"}:
                raise ValueError(
                    "development mode listens on this machine only: "
                    "set FELLESGREP_MODE=production or FELLESGREP_HOST=127.0.0.1"
                )
            return self
        missing = [
            name.upper()
            for name in ("oidc_issuer", "oidc_client_id", "smtp_url", "public_url")
            if getattr(self, name) is None
        ]
        if missing:
            raise ValueError(
                "production mode needs " + ", ".join(f"FELLESGREP_{name}" for name in missing)
            )
        if self.clock_file is not None:
            raise ValueError("FELLESGREP_CLOCK_FILE is accepted in development mode only")
        return self

    @property
    def development(self) -> bool:
        """Tell whether this is a development installation."""
        return self.mode == "development"

    @cached_property
    def own_url(self) -> str:
        """Return the address of this installation, without a slash at the end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    def make_clock(self) -> Clock:
        """Return the clock that this installation goes by."""
        return FileClock(self.clock_file) if self.clock_file else SystemClock()

    def for_identity(self) -> IdentitySettings:
        """Return identity's group."""
        oidc = None
        if self.oidc_issuer and self.oidc_client_id:
            oidc = OidcSettings(
                issuer=self.oidc_issuer,
                client_id=self.oidc_client_id,
                client_secret=self.oidc_client_secret,
            )
        return IdentitySettings(
            development_login=self.development and oidc is None,
            secure_cookies=self.own_url.startswith("https:"),
            public_url=self.own_url,
            oidc=oidc,
            eid=self._for_eid(),
        )

    def _for_eid(self) -> EidSettings | None:
        if not (self.eid_issuer and self.eid_client_id and self.eid_key_file):
            return None
        return EidSettings(
            issuer=self.eid_issuer,
            client_id=self.eid_client_id,
            key_file=self.eid_key_file.resolve(),
            key_id=self.eid_key_id,
            acr=self.eid_acr,
            scope=self.eid_scope,
        )

    def for_notifications(self, *, closed: bool = False) -> NotificationSettings:
        """Return notifications' group; `closed` keeps made-up data from sending anything."""
        by_mail_server = "smtp" if self.smtp_url is not None else "outbox"
        return NotificationSettings(
            transport="closed" if closed else by_mail_server,
            sender=self.mail_from,
            municipality=self.municipality_name,
            public_url=self.own_url,
            smtp_url=self.smtp_url,
            outbox=self.data_dir / "outbox",
            sms=self._sms_service(),
            bounce_address=self.bounce_address,
            bounce_secret=self.bounce_secret,
        )

    def _sms_service(self) -> SmsService | None:
        if self.sms_url is None:
            return None
        return SmsService(
            url=self.sms_url, token=self.sms_token, sender=self.sms_sender, body=self.sms_body
        )

    def for_contract_templates(self) -> ContractSettings:
        """Return the group of templates and agreements."""
        return ContractSettings(
            branding=Branding(
                municipality=self.municipality_name,
                organisation_number=self.municipality_number,
            ),
            demonstration=self.development,
        )

    def for_signing(self) -> SigningSettings:
        """Return signing's group: where the seal's key is, and whose seal it is."""
        return SigningSettings(
            data_dir=self.data_dir.resolve(),
            seal=self.for_seal(self.municipality_name, self.municipality_number),
            stamping=self.for_stamping(),
            fullmakt_url=self.fullmakt_url.rstrip("/"),
            enhetsregisteret_url=self.enhetsregisteret_url.rstrip("/"),
            authority_required=self.authority_required,
        )
