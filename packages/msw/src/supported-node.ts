/**
 * `handlers()` met MSW 3 on a Node that is too old for it. MSW itself would say
 * `Promise.withResolvers is not a function` at the first request.
 */
export class UnsupportedNodeError extends Error {
  // A constant survives a minifier, which the class's own name does not.
  override readonly name: string = "UnsupportedNodeError";
}

/**
 * @param msw everything the installed MSW exports: `getCleanUrlString` is new in MSW 3
 * @throws {UnsupportedNodeError} when that is MSW 3 and the runtime cannot run it
 */
export function checkNode(msw: object): void {
  if (!("getCleanUrlString" in msw) || "withResolvers" in Promise) return;
  throw new UnsupportedNodeError(
    "the installed MSW 3 needs Node 22.12 or later, and this runtime has no Promise.withResolvers: " +
      "on Node 20 run `npm install --save-dev msw@2`, or use fake.fetch of @workflow-runs/msw/fake, which needs no MSW",
  );
}
