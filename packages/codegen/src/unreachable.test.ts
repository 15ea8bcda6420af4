import { expect, test } from "vitest";
import { whyUnreachable } from "./unreachable.ts";

const openssl =
  "409D:error:0A00010B:SSL routines:tls_validate:wrong version number:../deps/tls.c:77:\n";
const caused = (cause: unknown) => new TypeError("fetch failed", { cause });
const coded = (code: string, message: string) => Object.assign(new Error(message), { code });

test.each([
  [
    "plain HTTP on an https URL",
    caused(coded("ERR_SSL_WRONG_VERSION_NUMBER", openssl)),
    "the server does not speak HTTPS; is it http://?",
  ],
  [
    "another failure of TLS",
    caused(coded("ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", "409D:error:0A00042E:SSL routines")),
    "TLS failed (ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION)",
  ],
  [
    "a host that is not there",
    caused(coded("ENOTFOUND", "getaddrinfo ENOTFOUND api.example")),
    "getaddrinfo ENOTFOUND api.example",
  ],
  [
    "several addresses that all refuse",
    caused(new AggregateError([new Error("connect ECONNREFUSED ::1:1"), new Error("second")])),
    "connect ECONNREFUSED ::1:1",
  ],
  ["a fetch without a cause", new TypeError("Failed to fetch"), "Failed to fetch"],
  ["a message of several lines", caused(new Error("one\n  two\n")), "one two"],
])("%s", (_, error, why) => {
  expect(whyUnreachable(error)).toBe(why);
});
