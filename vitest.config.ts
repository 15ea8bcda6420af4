import { defineConfig } from "vitest/config";

const files = (suffix: string) => [
  `packages/*/src/**/*.${suffix}.ts`,
  `packages/*/test/**/*.${suffix}.ts`,
  `examples/*/test/**/*.${suffix}.ts`,
  `guards/test/**/*.${suffix}.ts`,
  `docs/*.${suffix}.ts`,
];
const slow = { testTimeout: 600_000, hookTimeout: 600_000 };

export default defineConfig({
  test: {
    globalSetup: "guards/src/temporary-files.ts",
    projects: [
      {
        test: {
          name: "unit",
          include: files("test"),
          exclude: [
            "**/node_modules/**",
            "**/dist/**",
            ...files("packed.test"),
            ...files("runtimes.test"),
            ...files("registry.test"),
          ],
          // Minutes, not seconds: a loaded machine is slow, not broken.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      // The packages as npm delivers them: packed, installed outside the workspace.
      { test: { name: "packed", include: files("packed.test"), ...slow } },
      // The same, published to a registry on loopback and installed from it.
      { test: { name: "registry", include: files("registry.test"), ...slow } },
      // The same on every runtime they are made for.
      { test: { name: "runtimes", include: files("runtimes.test"), ...slow } },
    ],
  },
});
