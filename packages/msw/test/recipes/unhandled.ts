/** What the README says to give `server.listen`: MSW 2 reads the first name, MSW 3 the second. */
export const unhandled = { onUnhandledRequest: "error", onUnhandledFrame: "error" } as const;
