import type { ArchiveErrorCode, Limits } from "../src/index.ts";
import { timed } from "./log-archives.ts";
import { concat, type WrittenEntry, writeZip } from "./zip-writer.ts";

/** An archive that must be refused, and how it is made. */
export interface FailureRecipe {
  /** Name of the file in `failure/`: the error's code, and after a dot what else tells it apart. */
  file: string;
  make: () => Uint8Array;
  /** Limits that the archive exceeds. */
  limits?: Partial<Limits>;
  /** Only lines or text are refused; its bytes are sound. */
  when?: "lines" | "text";
}

const text = timed(["Current runner version: '2.331.0'", "Complete job name: build"]);
const build: WrittenEntry = { name: "0_build.txt", content: text.repeat(20) };
const system: WrittenEntry = { name: "build/system.txt", content: text };
const sound = (): Uint8Array => writeZip([build, system]);

const cut = (end: number) => () => sound().slice(0, end);
const named = (name: string | Uint8Array) => () => writeZip([{ ...system, name }, build]);
const only = (entry: Partial<WrittenEntry>) => () => writeZip([{ ...build, ...entry }, system]);
const bytes = (count: number): Uint8Array => new Uint8Array(count).fill(0x41);

/** The extra field with a name in Unicode (0x7075). */
const unicodePath = (name: string): Uint8Array => {
  const content = new TextEncoder().encode(name);
  return concat([new Uint8Array([0x75, 0x70, content.length + 5, 0, 1, 0, 0, 0, 0]), content]);
};

/** Where the packed data of the first entry starts. */
const dataAt = 30 + "0_build.txt".length;

const structure: Record<string, () => Uint8Array> = {
  "not-a-zip.empty": () => new Uint8Array(0),
  "not-a-zip.html": () => new TextEncoder().encode("<html><body>502 Bad Gateway</body></html>"),
  "truncated.in-header": cut(20),
  "truncated.in-data": cut(dataAt + 20),
  "truncated.before-directory": () => {
    const whole = sound();
    return whole.slice(0, startOfDirectory(whole));
  },
  "truncated.in-directory": () => {
    const whole = sound();
    return whole.slice(0, startOfDirectory(whole) + 60);
  },
  "truncated.in-end": () => sound().slice(0, -5),
  "truncated.in-comment": () => writeZip([build], { comment: "hello" }).slice(0, -2),
  "bad-deflate.damaged": () => {
    const whole = sound();
    return whole.fill(0xff, dataAt, dataAt + 8);
  },
  "bad-deflate.reserved-block": only({ packed: new Uint8Array([7, 0, 0]) }),
  "crc-mismatch.everywhere": only({ says: { crc32: 0x12345678 } }),
  "crc-mismatch.stored": only({ method: 0, descriptor: false, says: { crc32: 0x12345678 } }),
  "size-mismatch.larger": only({ descriptor: false, says: { size: 9999 } }),
  "size-mismatch.smaller": only({ descriptor: false, says: { size: 10 } }),
  "size-mismatch.packed-larger": only({
    descriptor: false,
    packed: concat([new Uint8Array([3, 0]), bytes(9)]),
    says: { size: 0, crc32: 0 },
  }),
  "descriptor-mismatch.packed-size": only({ descriptorSays: { compressedSize: 3 } }),
  "descriptor-mismatch.unsigned": only({ signed: false, descriptorSays: { crc32: 3 } }),
  "size-mismatch.descriptor": only({ descriptorSays: { size: 3 } }),
  "size-mismatch.wide-descriptor": only({ wideDescriptor: true, descriptorSays: { size: 3 } }),
  "ambiguous-entry.dos-folder": only({ attributes: 0x10 }),
  "ambiguous-entry.unix-folder": only({ mode: 0o040_755 }),
  "ambiguous-entry.folder-with-data": named("build/folder/"),
  "ambiguous-entry.unicode-name": only({ extra: unicodePath("1_other.txt") }),
  "ambiguous-entry.unicode-name-longer": only({ extra: unicodePath("0_build.txt.exe") }),
  "unknown-version": only({ version: 63 }),
  "unknown-flags.patch": only({ flags: 32 }),
  "unknown-flags.enhanced": only({ flags: 16 }),
  "unknown-flags.reserved": only({ flags: 16_384 }),
  "bad-directory.extra-too-long": only({ extra: new Uint8Array([0x55, 0x54, 99, 0, 1]) }),
  "bad-directory.zip64-twice": only({
    zip64: true,
    extra: concat([new Uint8Array([1, 0, 24, 0]), new Uint8Array(24)]),
  }),
  "bad-directory.zip64-other-size": only({
    extra: concat([new Uint8Array([1, 0, 24, 0]), new Uint8Array(24).fill(7, 0, 1)]),
  }),
  "directory-mismatch.name": only({ directorySays: { name: "9_build.txt" } }),
  "directory-mismatch.method": only({ directorySays: { method: 0 } }),
  "directory-mismatch.flags": only({ directorySays: { flags: 2056 } }),
  "directory-mismatch.crc": only({ descriptor: false, directorySays: { crc32: 1 } }),
  "bad-directory.count": () => writeZip([build, system], { endSays: { entries: 3, here: 3 } }),
  "bad-directory.counts-differ": () => writeZip([build, system], { endSays: { here: 1 } }),
  "bad-directory.size": () => writeZip([build, system], { endSays: { size: 20 } }),
  "bad-directory.zip64-disagrees": () => {
    const whole = writeZip([build, system], { zip64: true });
    whole[whole.length - 22 + 10] = 9;
    whole[whole.length - 22 + 11] = 0;
    return whole;
  },
  "trailing-bytes.junk": () => writeZip([build], { after: bytes(7) }),
  "trailing-bytes.second-end": () => {
    const end = writeZip([]);
    return writeZip([build], { comment: String.fromCharCode(...end) });
  },
  "hidden-entry.first": () => writeZip([{ ...system, hidden: true }, build]),
  "hidden-entry.last": () => writeZip([build, { ...system, hidden: true }]),
  "hidden-entry.between": () =>
    writeZip([build, { ...system, hidden: true }, { ...build, name: "1_b.txt" }]),
  "overlapping-entries.same-place": () =>
    writeZip([build, { ...system, directorySays: { offset: 0, name: "0_other.txt" } }]),
  "duplicate-name": () => writeZip([build, build]),
  "unsafe-name.parent": named("../../etc/passwd"),
  "unsafe-name.parent-inside": named("build/../../x.txt"),
  "unsafe-name.parent-backslash": named("build\\..\\..\\x.txt"),
  "unsafe-name.absolute": named("/etc/passwd"),
  "unsafe-name.absolute-backslash": named("\\\\server\\share"),
  "unsafe-name.drive": named("C:x.txt"),
  "unsafe-name.nul": named("build/1_a\0.txt"),
  "unsafe-name.empty": named(""),
  "invalid-name": () =>
    writeZip([{ ...system, name: new Uint8Array([0x30, 0x5f, 0xff, 0xfe]), flags: 2048 }]),
  "symlink.link": only({ name: "link", content: "/etc/passwd", mode: 0o120_777 }),
  "symlink.device": only({ mode: 0o020_644 }),
  "encrypted.traditional": only({ flags: 1 }),
  "encrypted.strong": only({ flags: 64 }),
  "encrypted.masked": only({ flags: 8192 }),
  "unknown-method.bzip2": only({ method: 12 }),
  "unknown-method.zstandard": only({ method: 93 }),
  "multiple-disks": () => writeZip([build], { endSays: { disk: 1 } }),
};

const limited: FailureRecipe[] = [
  {
    file: "too-many-entries",
    make: () =>
      writeZip(Array.from({ length: 9 }, (_, at) => ({ ...system, name: `${at}_a.txt` }))),
    limits: { entries: 8 },
  },
  { file: "entry-too-large", make: sound, limits: { entrySize: 100 } },
  { file: "archive-too-large.unpacked", make: sound, limits: { totalSize: 1000 } },
  { file: "archive-too-large.packed", make: sound, limits: { archiveSize: 50 } },
  {
    file: "compression-ratio",
    make: () => writeZip([{ name: "0_build.txt", content: bytes(17 * 2 ** 20) }]),
  },
  { file: "directory-too-large", make: sound, limits: { directorySize: 60 } },
  {
    file: "line-too-long",
    make: () => writeZip([{ name: "0_build.txt", content: bytes(5000) }]),
    limits: { lineLength: 4096 },
    when: "lines",
  },
  { file: "text-too-large", make: sound, limits: { textSize: 100 }, when: "text" },
];

/** Everything that must be refused. */
export const failureRecipes: readonly FailureRecipe[] = [
  ...Object.entries(structure).map(([file, make]) => ({ file, make })),
  ...limited,
];

/** The code that a file's name promises. */
export function promisedCode({ file }: FailureRecipe): ArchiveErrorCode {
  return file.split(".")[0] as ArchiveErrorCode;
}

function startOfDirectory(zip: Uint8Array): number {
  return new DataView(zip.buffer, zip.byteOffset + zip.length - 22).getUint32(16, true);
}
