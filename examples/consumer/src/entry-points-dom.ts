// MSW's own types want those of the DOM.
import * as msw from "@workflow-runs/msw";

export const entryPoints = { msw };
