/** The client: every path, body and answer is typed by the OpenAPI document. */
import { randomUUID } from "node:crypto";
import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./schema.js";

export type Schemas = components["schemas"];
/** Lists answer in other forms too; this client asks for JSON. */
type Media = "application/json" | "application/problem+json";
export type Rost = Client<paths, Media>;

/** What the server refused, as it said it. */
export class Refused extends Error {
  constructor(readonly problem: Schemas["Problem"]) {
    super(`${problem.status} ${problem.code}: ${problem.detail ?? problem.title}`);
  }
}

/** A client of the server at this address, signed in with this access token. */
export function rost(baseUrl: string, accessToken?: string): Rost {
  return createClient<paths, Media>(
    accessToken === undefined ? { baseUrl } : { baseUrl, headers: { Authorization: `Bearer ${accessToken}` } },
  );
}

/** A new key for a request that must not be carried out twice. */
export const once = (): { "Idempotency-Key": string } => ({ "Idempotency-Key": randomUUID() });

interface Answer<Data> {
  data?: Data;
  error?: Schemas["Problem"];
  response: Response;
}

/** The data of an answer; a refusal is thrown. */
export async function need<Data>(asked: Promise<Answer<Data>>): Promise<Data> {
  return (await needWithTag(asked)).data;
}

/** The data of an answer and the tag of the version it shows, for `If-Match`. */
export async function needWithTag<Data>(asked: Promise<Answer<Data>>): Promise<{ data: Data; tag: string }> {
  const { data, error, response } = await asked;
  if (error !== undefined) throw new Refused(error);
  if (data === undefined) throw new Error(`${response.status}: an answer without content`);
  return { data, tag: response.headers.get("etag") ?? "" };
}
