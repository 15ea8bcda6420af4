// Lines that say nothing of their own: frames of a stack, and what the runner writes around a step.

const frame =
  /^\s*(?:at |@ |❯ .*node_modules|\.\.\. \d+ (?:more|lines)|from \/.*:\d+:in |File ".*(?:site|dist)-packages|#\d+ 0x|\d+: 0x|\d+: (?:core|std|alloc|test|rust_begin_unwind)::|goroutine \d+ \[|created by )/;
const foreign =
  /node_modules|node:internal|\(internal\/|(?:site|dist)-packages|\/\.cargo\/registry|\/rustc\/|\b(?:java\.base|java\.lang|jdk\.internal|sun\.reflect|org\.junit|org\.gradle|org\.apache\.maven|org\.codehaus|kotlin\.|scala\.|worker\.org\.gradle)\b|\/lib\/ruby\/|\/vendor\/bundle\/|\/usr\/lib\/|<anonymous>$|\.\.\. \d+ (?:more|lines)/;

/** Whether it is a frame of a stack. */
export function isFrame(text: string): boolean {
  return frame.test(text);
}

/** Whether it is a frame of a stack in code that is not the project's own. */
export function isForeignFrame(text: string): boolean {
  return foreign.test(text);
}

const runnersOwn =
  /^(?:Prepare all required actions|Getting action download info|Download (?:immutable )?action (?:package|repository) |Post job cleanup\.|Node(?:\.js)? \d+ (?:actions )?(?:is|are) (?:being )?deprecated|Cleaning up orphan processes|Terminate orphan process:|##\[(?:add|remove)-matcher)/;

/** Whether the runner writes it around a step, whatever the step does. */
export function isRunnersOwn(text: string): boolean {
  return runnersOwn.test(text);
}

/** Whether an action has marked as an error what pip only wishes to say, as setup-python does: `[notice] A new release`. */
export function isNotice(text: string): boolean {
  return text.startsWith("[notice] ");
}
