import type { Exchange, Scenario } from "./scenario.ts";

/** `docs/github.md`: each behaviour with its evidence. */
export function evidencePage(scenarios: readonly Scenario[]): string {
  const groups = [...new Set(scenarios.map(({ group }) => group))];
  const parts = groups.map((group) => {
    const items = scenarios.filter((scenario) => scenario.group === group).map(item);
    return `## ${group}\n\n${items.join("\n\n")}\n`;
  });
  const counts = (["recorded", "said", "documented", "made up"] as const)
    .map((kind) => `${scenarios.filter(({ evidence }) => evidence === kind).length} ${kind}`)
    .join(", ");
  return `# What GitHub does, and how we know

The fake of [\`@workflow-runs/msw\`](../packages/msw) behaves as follows. Each behaviour is a sequence of requests that its tests replay in each of the three ways to reach it: \`fake.fetch\`, MSW's handlers and the server. This page is made from the same tables (\`packages/msw/test/scenarios\`): ${counts}.

**recorded**: in a recorded exchange with GitHub · **said**: a public report of somebody who saw it · **documented**: GitHub's documentation says so · **made up**: nobody knows, or GitHub does otherwise on purpose of the fake.

${parts.join("\n")}`;
}

function item({ says, evidence, source, exchanges }: Scenario): string {
  const steps = exchanges.map((exchange) => `\`${line(exchange)}\``).join(" · ");
  const link = source?.startsWith("https://") === true ? `<${source}>` : source;
  return `**${says}** ${evidence}${link === undefined ? "" : `: ${link}`}.\n${steps}`;
}

function line({ times = 1, after, send, as, status }: Exchange): string {
  const [method = "", path = ""] = send.split(" ");
  const short = decodeURIComponent(path.replace("https://api.github.com", ""));
  const who = as === undefined ? "" : as === "nobody" ? " (no token)" : ` (${as})`;
  const when = after === undefined ? "" : `${after} later: `;
  const often = times === 1 ? "" : `${times} × `;
  return `${often}${when}${method} ${short}${who} → ${status}`;
}
