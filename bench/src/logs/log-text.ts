/** Text like a build's log: times that go on, commands, paths, progress, some colour; about 100 bytes a line. */
export function logText(size: number, seed: number): Buffer {
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
  let ticks = 0;
  let open = false;
  for (let length = 0; length < size;) {
    ticks += random(16) * 10_003;
    const time = new Date(Date.UTC(2026, 0, 1) + Math.floor(ticks / 10_000));
    const stamp = `${time.toISOString().slice(0, 23)}${String(ticks % 10_000).padStart(4, "0")}Z`;
    // Groups are opened and closed in turn.
    const phrase = phrases[random(phrases.length)] as string;
    if (phrase.startsWith(open ? "##[group]" : "##[endgroup]")) continue;
    if (phrase.includes("group]")) open = !open;
    const line = `${stamp} ${phrase}${random(3) === 0 ? ` (${random(100)} ms)` : ""}\n`;
    lines.push(line);
    length += line.length;
  }
  return Buffer.from(lines.join(""));
}

function message(random: (below: number) => number, pick: () => string): string {
  switch (random(12)) {
    case 0:
      return `\u001b[36;1m${pick()} --${pick()}=${random(1e6)}\u001b[0m`;
    case 1:
      return `##[group]Run ${pick()}/${pick()}@v${random(9)}`;
    case 2:
      return "##[endgroup]";
    case 3:
      return `##[warning]${pick()} ${pick()} is deprecated, use ${pick()} instead (${random(1e4)})`;
    case 4:
      return `[command]/usr/bin/${pick()} ${pick()} ${pick()}/${pick()}.ts`;
    default:
      return `${pick()} ${pick()}/${pick()}/${pick()}/${pick()}.${pick()}:${random(2000)} ${pick()} ${pick()} ${pick()} ${pick()} ${pick()} ${random(2 ** 31).toString(36)}`;
  }
}

const words = (
  "compile link test build check resolve fetch install cache restore node_modules packages src dist " +
  "index client parser reader writer worker stream buffer socket server request response header error " +
  "warning passed failed skipped running finished Downloading Extracting Verifying Resolving typescript " +
  "javascript docker container image layer digest sha256 manifest registry ubuntu windows macos python"
).split(" ");
