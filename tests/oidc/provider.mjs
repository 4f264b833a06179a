// A real, certified OpenID Connect provider for the tests: `node provider.mjs PORT CLIENT_URL`.
// Anybody may log in: the log-in name is the e-mail address; one that begins with "unverified"
// is not verified. Prints "listening" when it is ready.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const frontend = new URL("../../frontend/package.json", import.meta.url);
const entry = createRequire(frontend).resolve("oidc-provider");
const { default: Provider } = await import(pathToFileURL(entry).href);

const [port, clientUrl] = process.argv.slice(2);

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "fellesgrep",
      client_secret: "a-secret-of-the-tests",
      redirect_uris: [`${clientUrl}/auth/oidc/callback`],
      grant_types: ["authorization_code"],
      response_types: ["code"],
    },
  ],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  pkce: { required: () => true },
  cookies: { keys: ["only for tests"] },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({
      sub: id,
      email: id,
      email_verified: !id.startsWith("unverified"),
      name: id,
    }),
  }),
});

provider.listen(Number(port), "127.0.0.1", () => console.log("listening"));
