import { apiVersions, atApiVersion } from "../api-version.ts";
import type { Description } from "../description.ts";
import { applyOverlay, type Overlay } from "../overlay.ts";
import { type Selection, slice } from "../slice.ts";

/** A fragment of one target at one API version. */
export interface Fragment {
  /** `github`, or `github-2026-03-10` for an API version that is not the default. */
  name: string;
  target: string;
  apiVersion: string;
  description: Description;
}

/** What a target's fragments are made with. */
export interface FragmentOptions {
  target: string;
  select: Selection;
  overlay?: Overlay;
  /** The API version whose fragment has the target's bare name, where the target has it; else its newest has. */
  defaultApiVersion?: string | undefined;
}

/** A target's fragments, one for each API version that its description holds: corrected, derived, sliced. */
export function* fragmentsOf(
  description: Description,
  { target, select, overlay, defaultApiVersion }: FragmentOptions,
): Generator<Fragment> {
  const corrected = overlay ? applyOverlay(description, overlay, target) : description;
  const versions = apiVersions(description);
  // A server that is older than the default version has its own newest one under its bare name.
  const bare = versions.findLast((version) => version === defaultApiVersion) ?? versions.at(-1);
  // The bare one first: it is what the others are compared with, and the table is made from.
  const ordered = [bare!, ...versions.filter((version) => version !== bare)];
  // This slice still holds what the changes of later versions refer to; the slice of each version does not.
  const selected = slice(corrected, select);
  for (const apiVersion of ordered) {
    yield {
      name: apiVersion === bare ? target : `${target}-${apiVersion}`,
      target,
      apiVersion,
      description: slice(atApiVersion(selected, apiVersion, versions), select),
    };
  }
}

/** The fragment of a description at one API version. */
export function fragmentAt(
  description: Description,
  select: Selection,
  apiVersion: string,
): Description {
  const selected = slice(description, select);
  return slice(atApiVersion(selected, apiVersion, apiVersions(description)), select);
}

/** Whether a fragment's name is a target's with an API version after it. */
export function isVersionOf(target: string, fragment: string): boolean {
  return fragment.startsWith(target) && /^-\d{4}-\d{2}-\d{2}$/.test(fragment.slice(target.length));
}
