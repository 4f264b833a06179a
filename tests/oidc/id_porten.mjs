// What ID-porten does, by a certified OpenID Connect provider:
// `node id_porten.mjs PORT CLIENT_URL PUBLIC_JWKS_FILE`. Parameters must be pushed (RFC 9126), the
// client proves itself with its key (private_key_jwt), and PKCE is required. Whoever logs in types
// a made-up national identity number and chooses the level, or cancels. Prints "listening".
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const frontend = new URL("../../frontend/package.json", import.meta.url);
const entry = createRequire(frontend).resolve("oidc-provider");
const { default: Provider } = await import(pathToFileURL(entry).href);

const [port, clientUrl, jwksFile] = process.argv.slice(2);
const levels = ["idporten-loa-substantial", "idporten-loa-high"];

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "fellesgrep-eid",
      redirect_uris: [`${clientUrl}/p/eid/callback`],
      grant_types: ["authorization_code"],
      response_types: ["code"],
      subject_type: "pairwise",
      token_endpoint_auth_method: "private_key_jwt",
      token_endpoint_auth_signing_alg: "RS256",
      id_token_signed_response_alg: "RS256",
      require_auth_time: true,
      require_pushed_authorization_requests: true,
      jwks: JSON.parse(readFileSync(jwksFile, "utf-8")),
    },
  ],
  acrValues: levels,
  claims: {
    acr: null,
    amr: null,
    auth_time: null,
    iss: null,
    openid: ["sub", "pid", "acr", "amr", "auth_time"],
    profile: ["locale"],
  },
  conformIdTokenClaims: false,
  cookies: { keys: ["only for tests"] },
  features: {
    devInteractions: { enabled: false },
    pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
  },
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, pid: id }) }),
  interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
  loadExistingGrant: async (context) => {
    const grant = new context.oidc.provider.Grant({
      clientId: context.oidc.client.clientId,
      accountId: context.oidc.session.accountId,
    });
    grant.addOIDCScope("openid profile");
    await grant.save();
    return grant;
  },
  pairwiseIdentifier: (_context, id, client) =>
    createHash("sha256").update(`${client.sectorIdentifier}:${id}`).digest("base64url"),
  pkce: { required: () => true },
  subjectTypes: ["pairwise"],
  ttl: { AuthorizationCode: 60, PushedAuthorizationRequest: 60 },
});

const form = (asked) => `<!DOCTYPE html>
<html lang="${asked.ui_locales ?? "nb"}"><title>ID-porten</title>
<meta name="viewport" content="width=device-width">
<h1>ID-porten for prøver</h1>
<form method="post">
<p><label>Fødselsnummer <input name="pid" autocomplete="off"></label></p>
<p><label>Nivå <select name="acr">${levels
  .map((each) => `<option${each === asked.acr_values ? " selected" : ""}>${each}</option>`)
  .join("")}</select></label></p>
<p><button name="act" value="login">Logg inn</button> <button name="act" value="cancel">Avbryt</button></p>
</form></html>`;

provider.use(async (context, next) => {
  if (!context.path.startsWith("/interaction/")) return next();
  const { params } = await provider.interactionDetails(context.req, context.res);
  if (context.method === "GET") {
    context.type = "html";
    context.body = form(params);
    return;
  }
  const chunks = [];
  for await (const chunk of context.req) chunks.push(chunk);
  const typed = new URLSearchParams(Buffer.concat(chunks).toString());
  const result =
    typed.get("act") === "cancel"
      ? { error: "access_denied", error_description: "cancelled" }
      : {
          login: {
            accountId: typed.get("pid"),
            acr: typed.get("acr"),
            amr: ["BankID"],
            remember: false,
          },
        };
  await provider.interactionFinished(context.req, context.res, result);
  context.respond = false;
});

provider.listen(Number(port), "127.0.0.1", () => console.log("listening"));
