import type ts from "typescript";

type Compiler = typeof ts;

/** Declarations in which some schemas are interfaces of their own. */
export interface NamedSchemas {
  nodes: ts.Node[];
  /** The names that became an interface; a schema that is no object, or is taken from elsewhere, has none. */
  declared: Set<string>;
}

/**
 * The declarations with an exported interface for each of these schemas, to which `components` refers: an editor then
 * shows `WorkflowRun` instead of its 35 members.
 *
 * @param names From the interface's name to the schema's.
 * @param comments What to say above an interface, by its name.
 */
export function nameSchemas(
  compiler: Compiler,
  nodes: readonly ts.Node[],
  names: { readonly [name: string]: string },
  comments: { readonly [name: string]: string },
): NamedSchemas {
  const { factory } = compiler;
  const nameOf = new Map(Object.entries(names).map(([name, schema]) => [schema, name]));
  const interfaces = new Map<string, ts.InterfaceDeclaration>();
  const hoist = (member: ts.TypeElement): ts.TypeElement => {
    if (!compiler.isPropertySignature(member) || !isNamed(compiler, member)) return member;
    const name = nameOf.get(member.name.text);
    if (name === undefined || !member.type || !compiler.isTypeLiteralNode(member.type)) {
      return member;
    }
    const { members } = member.type;
    const exported = [factory.createModifier(compiler.SyntaxKind.ExportKeyword)];
    const declaration = factory.createInterfaceDeclaration(
      exported,
      name,
      undefined,
      undefined,
      members,
    );
    const comment = comments[name];
    if (comment !== undefined) {
      const kind = compiler.SyntaxKind.MultiLineCommentTrivia;
      compiler.addSyntheticLeadingComment(declaration, kind, `* ${comment} `, true);
    }
    interfaces.set(name, declaration);
    return factory.createPropertySignature(
      member.modifiers,
      member.name,
      member.questionToken,
      factory.createTypeReferenceNode(name),
    );
  };
  const rewritten = nodes.map((node) =>
    compiler.isInterfaceDeclaration(node) && node.name.text === "components"
      ? withSchemas(compiler, node, hoist)
      : node,
  );
  return { nodes: [...rewritten, ...interfaces.values()], declared: new Set(interfaces.keys()) };
}

/** `components` with each member of its `schemas` changed. */
function withSchemas(
  compiler: Compiler,
  components: ts.InterfaceDeclaration,
  change: (member: ts.TypeElement) => ts.TypeElement,
): ts.InterfaceDeclaration {
  const { factory } = compiler;
  const sections = components.members.map((section) => {
    const isSchemas =
      compiler.isPropertySignature(section) &&
      isNamed(compiler, section) &&
      section.name.text === "schemas";
    if (!isSchemas || !section.type || !compiler.isTypeLiteralNode(section.type)) return section;
    const schemas = factory.createTypeLiteralNode(section.type.members.map(change));
    const { modifiers, name, questionToken } = section;
    return factory.updatePropertySignature(section, modifiers, name, questionToken, schemas);
  });
  const { modifiers, name, typeParameters, heritageClauses } = components;
  return factory.updateInterfaceDeclaration(
    components,
    modifiers,
    name,
    typeParameters,
    heritageClauses,
    sections,
  );
}

function isNamed(
  compiler: Compiler,
  member: ts.PropertySignature,
): member is ts.PropertySignature & { name: ts.Identifier | ts.StringLiteral } {
  return compiler.isIdentifier(member.name) || compiler.isStringLiteral(member.name);
}
