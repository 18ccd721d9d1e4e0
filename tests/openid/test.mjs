// Rost beside a real OpenID Connect provider (npm oidc-provider): discovery, tokens signed with RS256, ES256 and EdDSA, claims
// translated into roles, and a change of the provider's keys. Everything is local. Usage: node test.mjs path/to/rost
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { exportJWK, generateKeyPair } from "jose";
import { Provider } from "oidc-provider";

const rost = resolve(process.argv[2] ?? "target/release/rost");
const root = resolve(import.meta.dirname, "../..");

// What the portal knows of its users: a client of the provider for each, so that no browser is needed to sign in.
const claims = {
  teacher: { preferred_username: "obskaya.teacher" },
  head: { preferred_username: "obskaya.teacher", roles: ["school-head"] },
  stranger: { preferred_username: "nobody.here" },
};

async function key(alg, kid) {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return { ...(await exportJWK(privateKey)), alg, kid, use: "sig" };
}

// A provider whose keys have names of their own; `alg` decides which of them signs.
async function provider(issuer, generation, organizations) {
  const keys = await Promise.all(["RS256", "ES256", "Ed25519"].map((alg) => key(alg, `${alg}-${generation}`)));
  const made = new Provider(issuer, {
    clients: Object.keys(claims).map((id) => ({
      client_id: id,
      client_secret: `${id}-secret`,
      grant_types: ["client_credentials"],
      redirect_uris: [],
      response_types: [],
    })),
    jwks: { keys: keys.map((one) => (one.alg === "Ed25519" ? { ...one, alg: "EdDSA" } : one)) },
    extraTokenClaims: (_, token) => ({ ...claims[token.clientId], organizations }),
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => "urn:rost:RS256",
        getResourceServerInfo: (_, resource) => ({
          scope: "api",
          audience: resource === "urn:rost:elsewhere" ? "another-service" : "rost-api",
          accessTokenFormat: "jwt",
          accessTokenTTL: 300,
          jwt: { sign: { alg: resource.endsWith("elsewhere") ? "RS256" : resource.split(":").at(-1) } },
        }),
      },
    },
  });
  return made.callback();
}

async function token(issuer, client, alg = "RS256") {
  const answer = await fetch(`${issuer}/token`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${client}:${client}-secret`)}` },
    body: new URLSearchParams({ grant_type: "client_credentials", resource: `urn:rost:${alg}` }),
  });
  const body = await answer.json();
  assert.equal(answer.status, 200, JSON.stringify(body));
  return body.access_token;
}

// Starts Rost with demo data and these settings; gives its address and its end.
async function serve(folder, settings) {
  const child = spawn(rost, ["serve", "--demo", "--data", join(folder, "data"), "--addr", "127.0.0.1:0"], {
    cwd: root,
    env: { ...process.env, ROST_LOG: "error", ...settings },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((done) => child.on("exit", done));
  const address = await new Promise((found, failed) => {
    let said = "";
    child.stdout.on("data", (part) => {
      said += part;
      const match = /Rost serves (http:\/\/[^/]+)\/api/.exec(said);
      if (match) found(match[1]);
    });
    child.on("exit", (code) => failed(new Error(`rost ended with ${code}: ${said}`)));
  });
  return { address, stop: () => (child.kill("SIGTERM"), ended) };
}

const folder = await mkdtemp(join(tmpdir(), "rost-openid-"));
let handler;
const listener = createServer((request, response) => handler(request, response));
await new Promise((done) => listener.listen(0, "127.0.0.1", done));
const issuer = `http://127.0.0.1:${listener.address().port}`;
handler = await provider(issuer, 1, []);
const server = await serve(folder, { ROST_OIDC_ISSUER: issuer, ROST_OIDC_ROLES: "school-head=director" });
try {
  const me = (accessToken) =>
    fetch(`${server.address}/api/v1/me`, { headers: { authorization: `Bearer ${accessToken}` } });
  const roles = async (answer) => (await answer.json()).grants.map((grant) => grant.role);

  for (const alg of ["RS256", "ES256", "EdDSA"]) {
    const answer = await me(await token(issuer, "teacher", alg));
    assert.equal(answer.status, 200, `${alg}: ${answer.status}`);
    assert.deepEqual(await roles(answer), ["teacher"]);
  }
  assert.equal((await me(await token(issuer, "stranger"))).status, 401, "nobody of that login");
  assert.equal((await me(await token(issuer, "teacher", "elsewhere"))).status, 401, "meant for another service");

  // The same keys, now with the school of the teacher in the token.
  const person = await (await me(await token(issuer, "teacher"))).json();
  const school = person.grants[0].organization.id;
  handler = await provider(issuer, 2, [school]);
  const signedAnew = await token(issuer, "head");
  const deadline = Date.now() + 60_000;
  let answer = await me(signedAnew);
  // Rost leaves the provider alone for half a minute after it was asked.
  while (answer.status === 401 && Date.now() < deadline) {
    await new Promise((done) => setTimeout(done, 1_000));
    answer = await me(signedAnew);
  }
  assert.equal(answer.status, 200, "the new keys are found");
  assert.deepEqual((await roles(answer)).sort(), ["director", "teacher"]);
  console.log("Rost accepts the tokens of oidc-provider, translates its roles, and follows a change of its keys");
} finally {
  await server.stop();
  listener.close();
  listener.closeAllConnections();
  await rm(folder, { recursive: true, force: true });
}
