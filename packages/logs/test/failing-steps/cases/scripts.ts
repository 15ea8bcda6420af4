import { type FailingStep, each, range } from "./case.ts";

/** What a job's services wrote, printed by a step that cleans up when it fails. */
const serviceLog = each(
  120,
  (index) =>
    `db-1  | 2026-11-20 10:00:${String(index % 60).padStart(2, "0")}.000 UTC [${index}] LOG:  checkpoint complete: wrote ${index} buffers`,
);

/** Scripts: Python, Ruby, PHP, shells and the tools that they call. */
export const scriptCases: readonly FailingStep[] = [
  {
    name: "pytest",
    files: {
      ...Object.fromEntries(
        range(8).map((suite) => [
          `tests/test_part${suite}.py`,
          each(
            10,
            (index) => `def test_adds_${index}():\n    assert ${index} + 1 == ${index + 1}\n`,
          ),
        ]),
      ),
      "tests/test_total.py":
        'def total(items):\n    return sum(item["price"] for item in items)\n\n\ndef test_total():\n    items = [{"price": 2}, {"price": 3}]\n    assert total(items) == 6\n\n\ndef test_keys():\n    total([{"cost": 1}])\n',
    },
    run: "python3 -m pytest -v",
    reason: ["assert 5 == 6", "KeyError: 'price'"],
  },
  {
    name: "pytest-collect",
    files: { "tests/test_a.py": "import numpy_typo\n\n\ndef test_a():\n    assert True\n" },
    run: "python3 -m pytest",
    reason: ["No module named 'numpy_typo'"],
  },
  {
    name: "unittest",
    files: {
      "test_shop.py":
        'import unittest\n\n\nclass Shop(unittest.TestCase):\n    def test_stock(self):\n        self.assertEqual({"a": 1}, {"a": 2})\n\n    def test_fine(self):\n        pass\n',
    },
    run: "python3 -m unittest -v",
    reason: ["test_stock", "AssertionError: {'a': 1} != {'a': 2}"],
  },
  {
    name: "python-traceback",
    files: {
      "report.py":
        'import json\n\nfor row in range(300):\n    print("row", row)\nprint(json.loads("{broken"))\n',
    },
    run: "python3 report.py",
    reason: ["json.decoder.JSONDecodeError"],
  },
  {
    name: "mypy",
    files: { "a.py": 'def f(a: int) -> str:\n    return a\n\n\nf("x")\n' },
    run: "mypy --strict a.py",
    reason: ["Incompatible return value type"],
  },
  {
    name: "flake8",
    files: { "a.py": "import os\nimport sys\n\n\ndef f():\n  return sys.path\n" },
    run: "flake8 a.py",
    reason: ["F401 'os' imported but unused"],
  },
  {
    name: "pylint",
    files: { "a.py": '"""A."""\n\n\ndef compute():\n    """B."""\n    return undefined_thing\n' },
    run: "pylint a.py",
    reason: ["undefined-variable"],
  },
  {
    name: "black",
    files: { "a.py": "x = {  'a':1 }\n", "b.py": "x = 1\n" },
    run: "black --check --diff .",
    reason: ["would reformat"],
  },
  {
    name: "yamllint",
    files: { "config.yml": "---\na: 1\na: 2\n" },
    run: "yamllint .",
    reason: ["duplication of key"],
  },
  {
    name: "shellcheck",
    files: { "run.sh": "#!/bin/bash\nfor f in $(ls *.txt); do\n  echo $f\ndone\n" },
    run: "shellcheck run.sh",
    reason: ["SC2045"],
  },
  {
    name: "bash-not-found",
    run: 'echo "Deploying"\nkustomizee build . > out.yaml\necho "done"',
    reason: ["kustomizee: command not found"],
  },
  {
    name: "bash-unbound",
    run: 'set -u\necho "Publishing"\necho "to ${REGISTRY_URL}"',
    reason: ["REGISTRY_URL: unbound variable"],
  },
  {
    name: "bash-xtrace",
    run: 'set -x\nfor i in $(seq 1 60); do\n  test -n "$i"\ndone\ntest -f dist/index.js\necho done',
    reason: ["+ test -f dist/index.js"],
  },
  {
    name: "bash-trap",
    files: { "services.log": serviceLog },
    run: 'trap \'echo "--- service logs"; cat services.log; echo "cleaning up"; for i in $(seq 1 80); do echo "removing volume $i"; done\' EXIT\necho "running the migrations"\nfor i in $(seq 1 40); do echo "migration $i ok"; done\necho "migration 41: column total already exists" >&2\nexit 1',
    reason: ["column total already exists"],
  },
  {
    name: "bash-permission",
    files: { "deploy.sh": "#!/bin/sh\necho hi\n" },
    run: "chmod -x deploy.sh\n./deploy.sh",
    reason: ["Permission denied"],
  },
  {
    name: "bash-syntax",
    files: { "deploy.sh": 'if [ -f a ]; then\n  echo "a"\n' },
    run: "bash deploy.sh",
    reason: ["syntax error: unexpected end of file"],
  },
  {
    name: "bash-segfault",
    files: { "main.c": "int main(void) { int *p = 0; *p = 1; return 0; }\n" },
    run: "gcc -o main main.c\necho start\n./main",
    reason: ["Segmentation fault"],
  },
  {
    name: "jq",
    files: { "a.json": '{ "version": }' },
    run: "jq -r .version a.json",
    reason: ["parse error"],
  },
  {
    name: "tar",
    run: "tar czf out.tgz dist/",
    reason: ["dist: Cannot stat: No such file or directory"],
  },
  {
    name: "git-diff",
    files: { "gen.txt": "one\ntwo\n" },
    run: 'git init -q . && git add gen.txt && git -c user.name=a -c user.email=a@b.c commit -qm one\nprintf "one\\nthree\\n" > gen.txt\ngit diff --exit-code',
    reason: ["+three"],
  },
  {
    name: "git-ref",
    run: "git init -q .\ngit checkout release-9",
    reason: ["pathspec 'release-9' did not match"],
  },
  {
    name: "git-conflict",
    files: { "a.txt": "one\n" },
    run: 'g() { git -c user.name=a -c user.email=a@b.c "$@"; }\ng init -q -b main . && g add a.txt && g commit -qm one\ng checkout -q -b topic && echo topic > a.txt && g commit -qam topic\ng checkout -q main && echo main > a.txt && g commit -qam main\ng merge topic',
    reason: ["CONFLICT (content): Merge conflict in a.txt"],
  },
  {
    name: "git-remote",
    run: "git clone --depth 1 file:///nowhere/repo.git out",
    reason: ["'/nowhere/repo.git' does not appear to be a git repository"],
  },
  {
    name: "curl",
    run: "curl -fsSL http://127.0.0.1:9/install.sh | bash",
    reason: ["curl: (7)"],
  },
  {
    name: "ruby",
    files: {
      "report.rb":
        'def total(rows) = rows.sum { |row| row.fetch(:price) }\n100.times { |i| puts "row #{i}" }\nputs total([{ cost: 1 }])\n',
    },
    run: "ruby report.rb",
    reason: ["key not found: :price"],
  },
  {
    name: "minitest",
    files: {
      "test_sum.rb": `require "minitest/autorun"\nclass TestSum < Minitest::Test\n${each(20, (index) => `  def test_adds_${index} = assert_equal(${index}, ${index})`)}\n  def test_total = assert_equal(4, 1 + 2)\nend\n`,
    },
    run: "ruby test_sum.rb",
    reason: ["test_total", "Expected: 4"],
  },
  {
    name: "rspec",
    files: {
      "spec/sum_spec.rb": `RSpec.describe "sum" do\n${each(20, (index) => `  it("adds ${index}") { expect(${index}).to eq(${index}) }`)}\n  it("totals") { expect(1 + 2).to eq(4) }\nend\n`,
    },
    run: "rspec -fd",
    reason: ["sum totals", "expected: 4"],
  },
  {
    name: "php",
    files: {
      "a.php":
        '<?php\nfunction total(int ...$n): int { return array_sum($n); }\necho total(1, 2), "\\n";\necho totl(3);\n',
    },
    run: "php a.php",
    reason: ["Call to undefined function totl()"],
  },
  {
    name: "terraform-validate",
    files: { "main.tf": 'variable "name" {}\n\noutput "x" {\n  value = var.nmae\n}\n' },
    run: "terraform init -input=false && terraform validate",
    reason: ['An input variable with the name "nmae" has not been declared'],
  },
  {
    name: "terraform-fmt",
    files: { "main.tf": 'variable   "name"   {}\n' },
    run: "terraform fmt -check -diff",
    reason: ["main.tf"],
  },
  {
    name: "psql",
    run: "psql -h 127.0.0.1 -p 9 -U app -c 'select 1'",
    reason: ["Connection refused"],
  },
];
