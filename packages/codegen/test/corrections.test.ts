import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readOverlay } from "../src/overlay.ts";
import { readDocument } from "../src/read-document.ts";

const file = fileURLToPath(new URL("../../../openapi/overlay.yaml", import.meta.url));
const { actions } = readOverlay(await readDocument(file), file);

test.each(actions.map(({ target, description = "" }) => [target, description]))(
  "the correction of %s says what is wrong, in a line, and where that is discussed",
  (_, description) => {
    const [first, ...links] = description.split("\n");
    expect(first).not.toContain("https://");
    expect(links.filter((line) => line.startsWith("https://"))).not.toEqual([]);
  },
);
