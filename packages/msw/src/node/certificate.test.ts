import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createCertificate } from "./certificate.ts";

const now = Date.parse("2026-11-01T10:00:00Z");
const hosts = ["localhost", "mock", "127.0.0.1", "::1", "fe80::1:2"];

describe("a certificate", () => {
  test("is for the hosts it was made for, and signed by its authority", () => {
    const { ca, cert, key } = createCertificate(hosts, now);
    const [authority, server] = [new X509Certificate(ca), new X509Certificate(cert)];
    expect(server.verify(authority.publicKey)).toBe(true);
    expect(server.checkIssued(authority)).toBe(true);
    expect([authority.ca, server.ca]).toEqual([true, false]);
    expect(server.checkHost("localhost")).toBe("localhost");
    expect(server.checkHost("mock")).toBe("mock");
    expect(server.checkIP("127.0.0.1")).toBe("127.0.0.1");
    expect(server.checkIP("::1")).toBe("::1");
    expect(server.checkIP("fe80:0:0:0:0:0:1:2")).toBe("fe80:0:0:0:0:0:1:2");
    expect(server.checkHost("example.com")).toBeUndefined();
    expect([server.validFrom, server.validTo].map((date) => new Date(date).toISOString())).toEqual([
      "2026-10-31T10:00:00.000Z",
      "2027-12-02T10:00:00.000Z",
    ]);
    expect(key).toContain("BEGIN PRIVATE KEY");
    expect(createCertificate(hosts, now).cert).not.toBe(cert);
  });

  test("stands openssl's strict checks (where openssl is installed)", ({ skip }) => {
    const folder = mkdtempSync(join(tmpdir(), "certificate-"));
    try {
      execFileSync("openssl", ["version"]);
    } catch {
      skip("openssl is not installed");
    }
    try {
      const { ca, cert } = createCertificate(hosts, Date.now());
      const [caFile, certFile] = [join(folder, "ca.pem"), join(folder, "cert.pem")];
      writeFileSync(caFile, ca);
      writeFileSync(certFile, cert);
      const strict = [
        "verify",
        "-x509_strict",
        "-purpose",
        "sslserver",
        "-verify_hostname",
        "mock",
      ];
      expect(
        execFileSync("openssl", [...strict, "-CAfile", caFile, certFile]).toString(),
      ).toContain("OK");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
