import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { interruptible, signalHandlers } from "./interruptible.ts";

const source = new URL("./interruptible.ts", import.meta.url).href;

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s ends the process also while it works without a pause",
  async (signal) => {
    const script = `
      import { writeSync } from "node:fs";
      import { interruptible, signalHandlers } from ${JSON.stringify(source)};
      const handler = () => writeSync(1, "handled");
      process.on("${signal}", handler);
      signalHandlers.set("${signal}", handler);
      interruptible(() => { writeSync(1, "on"); for (;;); });
    `;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script]);
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      text += part;
      child.kill(signal);
    });
    const [, by] = (await once(child, "close")) as [number | null, string | null];
    expect([text, by]).toEqual(["on", signal]);
  },
);

test("the handlers are there again behind it, also when it throws", () => {
  const handler = (): void => {};
  process.on("SIGUSR2", handler);
  signalHandlers.set("SIGUSR2", handler);
  try {
    expect(interruptible(() => process.listeners("SIGUSR2").includes(handler))).toBe(false);
    expect(process.listeners("SIGUSR2")).toContain(handler);
    const failing = () =>
      interruptible(() => {
        throw new Error("no");
      });
    expect(failing).toThrow("no");
    expect(process.listeners("SIGUSR2")).toContain(handler);
  } finally {
    signalHandlers.delete("SIGUSR2");
    process.off("SIGUSR2", handler);
  }
});
