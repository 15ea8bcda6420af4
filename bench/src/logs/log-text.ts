const midnight = Date.UTC(2026, 0, 1);
const tick = 10_000;

/** A step of a job as the API lists it. */
export interface BenchStep {
  number: number;
  name: string;
  status: string;
  conclusion: string;
  started_at: string;
  completed_at: string;
}

/** A job's log as the runner writes it, of scripts that say what {@link logText} says, and the API's steps of it. */
export function jobLog(size: number, seed: number): { text: Buffer; steps: BenchStep[] } {
  const texts: Buffer[] = [];
  const steps: BenchStep[] = [];
  let ticks = 0;
  for (const [at, name] of stepNames.entries()) {
    // The next step starts with the next second, which is all that the API's times tell.
    const from = Math.ceil(ticks / (1000 * tick)) * 1000 * tick;
    const header = headerOf(name, at).map((line) => `${stampOf(from)} ${line}\n`);
    const body = linesOf(size / stepNames.length, seed * 100 + at, from);
    texts.push(Buffer.from([...header, ...body.lines].join("")));
    ticks = body.ticks;
    steps.push({
      number: at + 1,
      name,
      status: "completed",
      conclusion: "success",
      started_at: `${stampOf(from).slice(0, 19)}Z`,
      completed_at: `${stampOf(ticks).slice(0, 19)}Z`,
    });
  }
  return { text: Buffer.concat(texts), steps };
}

const stepNames = [
  "Set up job",
  "Install",
  "Lint",
  "Build",
  "Unit tests",
  "Integration tests",
  "Package",
  "Publish",
  "Complete job",
];

function headerOf(name: string, at: number): string[] {
  if (at === 0) return ["Current runner version: '2.336.0'"];
  if (at === stepNames.length - 1) return ["Cleaning up orphan processes"];
  const command = `make ${name.toLowerCase().replaceAll(" ", "-")}`;
  return [
    `##[group]Run ${command}`,
    `\u001b[36;1m${command}\u001b[0m`,
    "shell: /usr/bin/bash -e {0}",
    "##[endgroup]",
  ];
}

function stampOf(ticks: number): string {
  const time = new Date(midnight + Math.floor(ticks / tick)).toISOString().slice(0, 23);
  return `${time}${String(ticks % tick).padStart(4, "0")}Z`;
}

/** Text like a build's log: times that go on, commands, paths, progress, some colour; about 100 bytes a line. */
export function logText(size: number, seed: number): Buffer {
  return Buffer.from(linesOf(size, seed, 0).lines.join(""));
}

function linesOf(size: number, seed: number, from: number): { lines: string[]; ticks: number } {
  let state = seed >>> 0 || 1;
  const random = (below: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  const pick = (): string => words[random(words.length)] as string;
  // A build says much the same all the time; that is why its log packs to a ninth.
  const phrases = Array.from({ length: 300 }, () => message(random, pick));
  const lines: string[] = [];
  let ticks = from;
  let open = false;
  for (let length = 0; length < size;) {
    ticks += random(16) * 10_003;
    // Groups are opened and closed in turn.
    const phrase = phrases[random(phrases.length)] as string;
    if (phrase.startsWith(open ? "##[group]" : "##[endgroup]")) continue;
    if (phrase.includes("group]")) open = !open;
    const line = `${stampOf(ticks)} ${phrase}${random(3) === 0 ? ` (${random(100)} ms)` : ""}\n`;
    lines.push(line);
    length += line.length;
  }
  return { lines, ticks };
}

/** A line's message. The shares of its kinds are those of 100 jobs' logs of other people's repositories, in percent. */
function message(random: (below: number) => number, pick: () => string): string {
  const share = random(100);
  if (share < 7) return `\u001b[36;1m${pick()} --${pick()}=${random(1e6)}\u001b[0m`;
  if (share < 17) return `##[group]${pick()} ${pick()}/${pick()} ${random(9)}`;
  if (share < 27) return "##[endgroup]";
  if (share < 41) return `[command]/usr/bin/${pick()} ${pick()} ${pick()}/${pick()}.ts`;
  if (share < 42)
    return `##[warning]${pick()} ${pick()} is deprecated, use ${pick()} instead (${random(1e4)})`;
  return `${pick()} ${pick()}/${pick()}/${pick()}/${pick()}.${pick()}:${random(2000)} ${pick()} ${pick()} ${pick()} ${pick()} ${pick()} ${random(2 ** 31).toString(36)}`;
}

const words = (
  "compile link test build check resolve fetch install cache restore node_modules packages src dist " +
  "index client parser reader writer worker stream buffer socket server request response header error " +
  "warning passed failed skipped running finished Downloading Extracting Verifying Resolving typescript " +
  "javascript docker container image layer digest sha256 manifest registry ubuntu windows macos python"
).split(" ");
