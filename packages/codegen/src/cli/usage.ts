/** What `--help` prints, for the command as a whole and for each of its commands. */
export const usage: { readonly [command: string]: string } = {
  "": `workflow-runs-codegen: types for the part of GitHub's REST API that you use

Usage: workflow-runs-codegen <command> [options]

  slice        take operations, with all they refer to, out of an OpenAPI description
  types        print a fragment's TypeScript types
  diff         tell what changed between two fragments, whom it breaks, and the version bump
  regenerate   descriptions → fragments → types, as a configuration file says

workflow-runs-codegen <command> --help explains one of them.

Example
  workflow-runs-codegen slice --spec api.github.com.json --subcategory workflow-runs --out fragment.json

Exit codes
  0   done
  1   a person must decide: an operation would go away, a correction is no longer needed, or --check
      found a stale file
  2   some input is wrong: an option, a file, a description; nothing was written, unless
      the writing itself failed
`,
  slice: `Take operations, with all they refer to, out of an OpenAPI description (3.0 or 3.1, JSON or YAML)

Usage: workflow-runs-codegen slice --spec FILE|URL|- [options]

  --spec FILE|URL|-     the description; - is standard input
  --subcategory S       every operation with this x-github subcategory, e.g. workflow-runs; repeatable
  --operation ID        one operation by its id, e.g. actions/get-workflow; repeatable
  --api-version V       the API version, e.g. 2022-11-28 (default: the newest of the description)
  --out FILE            where to write the fragment as JSON, in a folder that is there
                        (default: standard output)

Example
  workflow-runs-codegen slice --spec api.github.com.json --subcategory workflow-runs --out fragment.json
`,
  types: `Print a fragment's TypeScript types: paths, components, operations

Usage: workflow-runs-codegen types --fragment FILE|URL|- [--out FILE]

  --fragment FILE|URL|-   a fragment, or any OpenAPI description
  --out FILE              where to write the types, in a folder that is there (default: standard output)

Example
  workflow-runs-codegen types --fragment fragment.json --out src/github.ts
`,
  diff: `Tell what changed between two fragments for programs that use their types

Usage: workflow-runs-codegen diff OLD NEW [--docs] [--format text|markdown|json]

  --docs       list changes of documentation too, which are counted in one line without it
  --format F   text (default), markdown for a pull request, or json for programs:
               { "bump": "major" | "minor" | "patch" | "none",
                 "changes": [{ "class": "breaking" | "additive" | "docs",
                               "bump": "major" | "minor" | "patch",
                               "pointer": "/paths/…", "message": "…" }] }

The exit code is 0 whatever changed; read the bump.

Example
  workflow-runs-codegen diff old.json new.json --format markdown
`,
  regenerate: `Make fragments and types anew from the descriptions that a configuration names, and report what changed

Usage: workflow-runs-codegen regenerate [options]

  --config FILE           the configuration (default: openapi/sources.json)
  --check                 write nothing; exit with 1 when a file is stale
  --changeset             write a changeset, in a new file, with the bump for each package of releases that
                          something changes for
  --update                move the pinned package of the descriptions to its newest version first, and read
                          the targets with onUpdate
  --accept-removal NAME   let an operation (or a whole fragment) go away; repeatable
  --accept-examples       record in badExamples which examples do not fit their schema
  --docs                  list changes of documentation too, which are counted in one line without it
  --format F              of the report: text (default), markdown or json
  --cache DIR             where downloads are kept (default: workflow-runs-codegen in
                          $XDG_CACHE_HOME or ~/.cache)

Example
  workflow-runs-codegen regenerate --update --changeset
`,
};
