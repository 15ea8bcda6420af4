import { strikes, type ActiveFault, type Fault, type FaultTarget } from "../rules/fault.ts";

/** The faults that may happen. */
export interface Faults {
  /** Adds a fault, and returns a function that removes it. */
  add(target: FaultTarget, fault: Fault): () => void;
  /** The fault that strikes now, if any; it counts. */
  next(target: Exclude<FaultTarget, "*"> | undefined): Fault | undefined;
  /** Keeps a download's damage for the URL it leads to. */
  promise(url: string, fault: Fault): void;
  /** The damage kept for a URL. */
  promised(url: string): Fault | undefined;
  clear(): void;
  /** Keeps them as they are, and returns a function that puts them back so. */
  save(): () => void;
}

export function createFaults(seed: number | string): Faults {
  let active: ActiveFault[] = [];
  let nextId = 1;
  let promises = new Map<string, Fault>();
  return {
    add(target, fault) {
      const added: ActiveFault = { id: nextId, target, fault, requests: 0, happened: 0 };
      nextId += 1;
      active.push(added);
      return () => {
        active = active.filter((other) => other !== added);
      };
    },
    next(target) {
      for (const candidate of active) {
        if (candidate.target !== target && candidate.target !== "*") continue;
        const struck = strikes(candidate, seed);
        candidate.requests += 1;
        if (!struck) continue;
        candidate.happened += 1;
        return candidate.fault;
      }
      return undefined;
    },
    promise(url, fault) {
      promises.set(url, fault);
    },
    promised(url) {
      const fault = promises.get(url);
      promises.delete(url);
      return fault;
    },
    clear() {
      active = [];
      promises.clear();
    },
    save() {
      // The same objects come back: whoever added one may still remove it.
      const kept = active.map((one) => ({ one, counted: counts(one) }));
      const [id, urls] = [nextId, [...promises]];
      return () => {
        active = kept.map(({ one, counted }) => Object.assign(one, counted));
        nextId = id;
        promises = new Map(urls);
      };
    },
  };
}

function counts({ requests, happened }: ActiveFault): Pick<ActiveFault, "requests" | "happened"> {
  return { requests, happened };
}
