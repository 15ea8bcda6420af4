import type ts from "typescript";

type Compiler = typeof ts;

/** One member of `paths`, `operations`, or a section of `components`. */
export interface TypeEntry {
  /** Its type as text, without comments. */
  text: string;
  /** The names of the entries that its type refers to, e.g. `components/schemas/job`. */
  refersTo: string[];
}

/** Every entry of generated declarations by its name: `paths//repos/…`, `components/schemas/job`, `operations/…`. */
export function entriesOf(compiler: Compiler, nodes: readonly ts.Node[]): Map<string, TypeEntry> {
  const printer = compiler.createPrinter({ removeComments: true });
  const file = compiler.createSourceFile("types.ts", "", compiler.ScriptTarget.Latest);
  const entries = new Map<string, TypeEntry>();
  for (const { name, member } of membersOf(compiler, nodes)) {
    const text = printer.printNode(compiler.EmitHint.Unspecified, member.type!, file);
    const references = text.matchAll(
      /\b(components|operations|paths)((?:\["(?:[^"\\]|\\.)*"\])+)/g,
    );
    const refersTo = [...references].map(([, root, keys]) => {
      const names = [...keys!.matchAll(/\["((?:[^"\\]|\\.)*)"\]/g)].map(([, key]) => key!);
      return [root, ...names.slice(0, root === "components" ? 2 : 1)].join("/");
    });
    entries.set(name, { text, refersTo: [...new Set(refersTo)] });
  }
  return entries;
}

/** The names of the entries whose type, with all it refers to, is the same in both. */
export function sharedEntries(
  entries: ReadonlyMap<string, TypeEntry>,
  base: ReadonlyMap<string, TypeEntry>,
): Set<string> {
  const shared = new Set(
    [...entries].filter(([name, { text }]) => base.get(name)?.text === text).map(([name]) => name),
  );
  for (let size = -1; size !== shared.size;) {
    size = shared.size;
    for (const name of shared) {
      const isWhole = entries.get(name)!.refersTo.every((other) => shared.has(other));
      if (!isWhole) shared.delete(name);
    }
  }
  return shared;
}

/** The declarations, with `base.components["schemas"]["job"]` for each entry that is the same in `base`. */
export function shareEntries(
  compiler: Compiler,
  types: { nodes: readonly ts.Node[]; entries: ReadonlyMap<string, TypeEntry> },
  base: { entries: ReadonlyMap<string, TypeEntry> },
): ts.Node[] {
  const { factory } = compiler;
  const shared = sharedEntries(types.entries, base.entries);
  const names = new Map(
    [...membersOf(compiler, types.nodes)].map(({ member, name, keys }) => [member, { name, keys }]),
  );
  const replace = (node: ts.Node): ts.Node => {
    const entry = names.get(node as ts.PropertySignature);
    if (entry === undefined || !shared.has(entry.name)) {
      return compiler.visitEachChild(node, replace, undefined);
    }
    const [root, ...keys] = entry.keys;
    const type = keys.reduce<ts.TypeNode>(
      (object, key) =>
        factory.createIndexedAccessTypeNode(
          object,
          factory.createLiteralTypeNode(factory.createStringLiteral(key)),
        ),
      factory.createTypeReferenceNode(
        factory.createQualifiedName(factory.createIdentifier("base"), root!),
      ),
    );
    const member = node as ts.PropertySignature;
    return factory.createPropertySignature(
      member.modifiers,
      member.name,
      member.questionToken,
      type,
    );
  };
  return types.nodes.map(replace);
}

interface Member {
  name: string;
  keys: string[];
  member: ts.PropertySignature;
}

function* membersOf(compiler: Compiler, nodes: readonly ts.Node[]): Generator<Member> {
  for (const node of nodes) {
    if (!compiler.isInterfaceDeclaration(node)) continue;
    const root = node.name.text;
    for (const member of node.members) {
      if (!compiler.isPropertySignature(member)) continue;
      if (root !== "components") yield named(compiler, [root], member);
      else if (member.type && compiler.isTypeLiteralNode(member.type)) {
        for (const inner of member.type.members) {
          if (compiler.isPropertySignature(inner)) {
            yield named(compiler, [root, nameOf(compiler, member)], inner);
          }
        }
      }
    }
  }
}

function named(compiler: Compiler, above: string[], member: ts.PropertySignature): Member {
  const keys = [...above, nameOf(compiler, member)];
  return { name: keys.join("/"), keys, member };
}

function nameOf(compiler: Compiler, { name }: ts.PropertySignature): string {
  return compiler.isIdentifier(name) || compiler.isStringLiteral(name) ? name.text : "";
}
