import { Converter, ReflectionKind } from "typedoc";

/**
 * A plugin of TypeDoc: its modules are called as they are imported, `@workflow-runs/core/support` for what is in
 * `core/src/support`.
 *
 * @param {import("typedoc").Application} app the run of TypeDoc
 */
export function load(app) {
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (_, reflection) => {
    if (reflection.kind === ReflectionKind.Module)
      reflection.name = reflection.name.replace(/^([\w-]+)\/src\b/, "@workflow-runs/$1");
  });
}
