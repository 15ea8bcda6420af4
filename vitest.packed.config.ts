import { defineConfig } from "vitest/config";

// The packages as npm would deliver them: packed, checked, installed outside the workspace.
export default defineConfig({
  test: {
    include: ["packages/*/test/**/*.packed.test.ts"],
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
