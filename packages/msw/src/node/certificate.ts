import { createHash, createPublicKey, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { isIP, isIPv4 } from "node:net";

/** What an HTTPS server and its clients need, in PEM. */
export interface Certificate {
  /** The authority that clients have to trust, e.g. through `SSL_CERT_FILE`. */
  ca: string;
  cert: string;
  key: string;
}

const day = 86_400_000;

/**
 * Makes a certificate for these names and addresses, and an authority that has signed it and whose
 * key nobody keeps.
 *
 * @param now ms since 1970: it is good from a day before for 397 days, as long as browsers allow
 */
export function createCertificate(hosts: readonly string[], now: number): Certificate {
  const authority = keyPair();
  const server = keyPair();
  const authorityName = name("workflow-runs-mock authority");
  const validity = sequence(time(now - day), time(now + 396 * day));
  const authorityId = keyId(authority.spki);
  const signed = (
    subject: Buffer,
    key: { spki: Buffer },
    extensions: readonly Buffer[],
  ): string => {
    const body = sequence(
      // version 3
      tagged(0xa0, integer(Buffer.from([2]))),
      integer(serial()),
      sequence(ecdsaWithSha256),
      authorityName,
      validity,
      subject,
      key.spki,
      tagged(0xa3, sequence(...extensions)),
    );
    const signature = sign("sha256", body, authority.privateKey);
    return pem("CERTIFICATE", sequence(body, sequence(ecdsaWithSha256), bits(signature)));
  };
  const ca = signed(authorityName, authority, [
    extension("2.5.29.19", true, sequence(trueValue)),
    // keyCertSign and cRLSign
    extension("2.5.29.15", true, bits(Buffer.from([0x06]), 1)),
    extension("2.5.29.14", false, octets(authorityId)),
  ]);
  const cert = signed(name(hosts[0] ?? "localhost"), server, [
    extension("2.5.29.19", true, sequence()),
    // digitalSignature
    extension("2.5.29.15", true, bits(Buffer.from([0x80]), 7)),
    // serverAuth
    extension("2.5.29.37", false, sequence(objectId("1.3.6.1.5.5.7.3.1"))),
    extension("2.5.29.17", false, sequence(...hosts.map(alternativeName))),
    extension("2.5.29.14", false, octets(keyId(server.spki))),
    extension("2.5.29.35", false, sequence(tagged(0x80, authorityId))),
  ]);
  return { ca, cert, key: server.privateKey };
}

function keyPair(): { privateKey: string; spki: Buffer } {
  const { privateKey } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "der" },
  });
  return { privateKey, spki: createPublicKey(privateKey).export({ type: "spki", format: "der" }) };
}

/** The hash of the public key's bits, which are all of the SPKI after its first 26 bytes on P-256. */
function keyId(spki: Buffer): Buffer {
  return createHash("sha1").update(spki.subarray(26)).digest();
}

/** A positive number that no other certificate has. */
function serial(): Buffer {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] as number) & 0x7f) | 0x40;
  return bytes;
}

// DER, ITU-T X.690: a tag, a length, a value.

function tagged(tag: number, ...values: readonly Buffer[]): Buffer {
  const value = Buffer.concat(values);
  const { length } = value;
  const long = length < 0x80 ? [] : bigEndian(length);
  const head = long.length === 0 ? [tag, length] : [tag, 0x80 | long.length, ...long];
  return Buffer.concat([Buffer.from(head), value]);
}

function bigEndian(value: number): number[] {
  return value === 0 ? [] : [...bigEndian(Math.floor(value / 256)), value % 256];
}

const trueValue: Buffer = /* @__PURE__ */ tagged(0x01, Buffer.from([0xff]));
const ecdsaWithSha256: Buffer = /* @__PURE__ */ objectId("1.2.840.10045.4.3.2");

function sequence(...values: readonly Buffer[]): Buffer {
  return tagged(0x30, ...values);
}

function integer(value: Buffer): Buffer {
  return tagged(0x02, value);
}

function octets(value: Buffer): Buffer {
  return tagged(0x04, value);
}

function bits(value: Buffer, unused = 0): Buffer {
  return tagged(0x03, Buffer.from([unused]), value);
}

function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const base128 = (value: number, last = true): number[] => [
    ...(value >= 128 ? base128(Math.floor(value / 128), false) : []),
    (value % 128) | (last ? 0 : 0x80),
  ];
  return tagged(0x06, Buffer.from([first * 40 + second, ...rest.flatMap((one) => base128(one))]));
}

function name(commonName: string): Buffer {
  const text = tagged(0x0c, Buffer.from(commonName, "utf8"));
  return sequence(tagged(0x31, sequence(objectId("2.5.4.3"), text)));
}

/** UTCTime, which ends in 2049. */
function time(at: number): Buffer {
  const text = new Date(at).toISOString().replaceAll(/[-:T]|\.\d+/g, "");
  return tagged(0x17, Buffer.from(text.slice(2), "ascii"));
}

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  return sequence(objectId(id), ...(critical ? [trueValue] : []), octets(value));
}

function alternativeName(host: string): Buffer {
  return isIP(host) === 0
    ? tagged(0x82, Buffer.from(host, "ascii"))
    : tagged(0x87, addressBytes(host));
}

function addressBytes(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split(".").map(Number));
  const [left = "", right = ""] = address.split("::");
  const groups = (part: string): number[] =>
    part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16));
  const [first, last] = [groups(left), groups(right)];
  const zeros = Array.from({ length: 8 - first.length - last.length }, () => 0);
  return Buffer.from([...first, ...zeros, ...last].flatMap((group) => [group >> 8, group & 0xff]));
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}
