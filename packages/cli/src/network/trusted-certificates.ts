import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import tls from "node:tls";
import { promisify } from "node:util";

/** Where Linux and the BSDs keep what they trust, as Go looks for it. */
const bundles = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/tls/cacert.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem",
  "/usr/local/share/certs/ca-root-nss.crt",
];
const keychains = [
  "/System/Library/Keychains/SystemRootCertificates.keychain",
  "/Library/Keychains/System.keychain",
];

/**
 * Every certificate authority to trust: Node's own, `NODE_EXTRA_CA_CERTS`, and the system's: `SSL_CERT_FILE`, else what
 * Node ≥ 22.15 reads of it, else the files of Linux and the keychains of macOS.
 */
export async function trustedCertificates(
  env: Readonly<Record<string, string | undefined>>,
): Promise<string[]> {
  const extra = env["NODE_EXTRA_CA_CERTS"];
  return [
    ...tls.rootCertificates,
    ...(extra ? await certificatesOf([extra]) : []),
    ...(await systemCertificates(env)),
  ];
}

async function systemCertificates(
  env: Readonly<Record<string, string | undefined>>,
): Promise<string[]> {
  const file = env["SSL_CERT_FILE"];
  if (file) return certificatesOf([file]);
  const { getCACertificates } = tls as {
    getCACertificates?: (type: "system") => string[];
  };
  if (getCACertificates !== undefined) return getCACertificates("system");
  if (process.platform !== "darwin") return certificatesOf(bundles);
  const { stdout } = await promisify(execFile)(
    "security",
    ["find-certificate", "-a", "-p", ...keychains],
    { maxBuffer: 64 * 1_024 * 1_024 },
  ).catch(() => ({ stdout: "" }));
  return [stdout];
}

/** The first of the files that can be read; none where none can. */
async function certificatesOf(files: readonly string[]): Promise<string[]> {
  for (const file of files) {
    const text = await readFile(file, "utf8").catch(() => "");
    if (text !== "") return [text];
  }
  return [];
}
