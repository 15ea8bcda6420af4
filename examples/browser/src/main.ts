import { createActionsFake, presets } from "@workflow-runs/msw";
import { setupWorker } from "msw/browser";
import { showRuns } from "./page.ts";

const fake = createActionsFake();
const repository = fake.repository("octo-org/octo-repo");
repository.createRuns(20);
repository.createRun({ ...presets.failure(), display_title: "Break the build" });

const worker = setupWorker(...fake.handlers());
// MSW 3 calls the option onUnhandledFrame; MSW 2 called it onUnhandledRequest.
await worker.start({ quiet: true, onUnhandledFrame: "bypass" });

// For the test, and for whoever plays with it in the console.
Object.assign(globalThis, { fake });
await showRuns(document.querySelector("#runs") as HTMLElement);
document.title = "ready";
