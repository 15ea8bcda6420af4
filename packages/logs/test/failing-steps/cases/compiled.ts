import { type FailingStep, each, range } from "./case.ts";

/** Compiled languages. */
export const compiledCases: readonly FailingStep[] = [
  {
    name: "gcc",
    files: {
      "main.c":
        '#include <stdio.h>\n#include "sum.h"\n\nint main(void) {\n  printf("%d\\n", sum(1, 2))\n  return 0;\n}\n',
      "sum.h": "int sum(int a, int b);\n",
    },
    run: "gcc -Wall -c main.c",
    reason: ["before ‘return’"],
  },
  {
    name: "gcc-werror",
    files: { "main.c": "int main(void) {\n  int unused = 1;\n  return 0;\n}\n" },
    run: "gcc -Wall -Wextra -Werror -c main.c -o main.o",
    reason: ["[-Werror=unused-variable]"],
  },
  {
    name: "link",
    files: { "main.c": "int sum(int, int);\nint main(void) { return sum(1, 2); }\n" },
    run: "gcc main.c -o main",
    reason: ["undefined reference to `sum'"],
  },
  {
    name: "g++",
    files: {
      "main.cc":
        '#include <map>\n#include <string>\n\nint main() {\n  std::map<std::string, int> m;\n  m.push_back(3);\n  return m["a"].size();\n}\n',
    },
    run: "g++ -std=c++17 -c main.cc",
    reason: ["has no member named ‘push_back’"],
  },
  {
    name: "make",
    files: {
      Makefile: `all: ${range(30)
        .map((index) => `t${index}`)
        .join(
          " ",
        )} final\n${each(30, (index) => `t${index}:\n\t@echo building ${index}`)}\nfinal: missing.h\n\t@echo never\n`,
    },
    run: "make all",
    reason: ["No rule to make target 'missing.h'"],
  },
  {
    name: "make-recipe",
    files: {
      Makefile: `all: parts\n\t./tools/generate --out gen\nparts:\n${each(20, (index) => `\t@echo part ${index}`)}\n`,
    },
    run: "make",
    reason: ["./tools/generate: No such file or directory"],
  },
  {
    name: "cmake-configure",
    files: {
      "CMakeLists.txt":
        "cmake_minimum_required(VERSION 3.16)\nproject(demo C)\nfind_package(Nope REQUIRED)\n",
    },
    run: "cmake -B build",
    reason: ['package configuration file provided by "Nope"'],
  },
  {
    name: "cmake-ninja",
    files: {
      "CMakeLists.txt": `cmake_minimum_required(VERSION 3.16)\nproject(demo C)\nadd_library(demo ${range(
        12,
      )
        .map((index) => `p${index}.c`)
        .join(" ")} bad.c)\n`,
      ...Object.fromEntries(
        range(12).map((index) => [`p${index}.c`, `int p${index}(void) { return ${index}; }\n`]),
      ),
      "bad.c": "int bad(void) { return nope; }\n",
    },
    run: "cmake -G Ninja -B build && cmake --build build",
    reason: ["‘nope’ undeclared"],
  },
  {
    name: "ctest",
    files: {
      "CMakeLists.txt": `cmake_minimum_required(VERSION 3.16)\nproject(demo C)\nenable_testing()\n${each(15, (index) => `add_test(NAME fine${index} COMMAND true)`)}\nadd_test(NAME parses COMMAND sh -c "echo bad header at byte 12; exit 1")\n`,
    },
    run: "cmake -B build >/dev/null && ctest --test-dir build --output-on-failure",
    reason: ["parses", "bad header at byte 12"],
  },
  {
    name: "cargo-build",
    files: {
      "Cargo.toml": '[package]\nname = "demo"\nversion = "0.1.0"\nedition = "2021"\n',
      "src/main.rs": 'fn main() {\n    let x: i32 = "a";\n    println!("{}", x + y);\n}\n',
    },
    run: "cargo build --offline",
    reason: ["error[E0308]: mismatched types", "src/main.rs:2:18"],
  },
  {
    name: "cargo-test",
    files: {
      "Cargo.toml": '[package]\nname = "demo"\nversion = "0.1.0"\nedition = "2021"\n',
      "src/lib.rs": `pub fn sum(a: i32, b: i32) -> i32 { a + b }\n#[cfg(test)]\nmod tests {\n    use super::*;\n${each(30, (index) => `    #[test]\n    fn adds_${index}() { assert_eq!(sum(${index}, 1), ${index + 1}); }`)}\n    #[test]\n    fn wrong() { assert_eq!(sum(1, 2), 4, "sum is off"); }\n}\n`,
    },
    run: "cargo test --offline",
    reason: ["tests::wrong", "sum is off"],
  },
  {
    name: "clippy",
    files: {
      "Cargo.toml": '[package]\nname = "demo"\nversion = "0.1.0"\nedition = "2021"\n',
      "src/lib.rs": "pub fn f(a: Vec<i32>) -> bool {\n    return a.len() == 0;\n}\n",
    },
    run: "cargo clippy --offline -- -D warnings",
    reason: ["length comparison to zero"],
  },
  {
    name: "rustfmt",
    files: {
      "Cargo.toml": '[package]\nname = "demo"\nversion = "0.1.0"\nedition = "2021"\n',
      "src/lib.rs": 'pub fn f( ) {println!("a")}\n',
    },
    run: "cargo fmt --check",
    reason: ["Diff in"],
  },
  {
    name: "cargo-no-package",
    files: {
      "Cargo.toml":
        '[package]\nname = "demo"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nother = { path = "../other" }\n',
      "src/lib.rs": "\n",
    },
    run: "cargo build --offline",
    reason: ["failed to get `other` as a dependency"],
  },
  {
    name: "go-build",
    files: {
      "go.mod": "module example.com/demo\n\ngo 1.19\n",
      "main.go":
        'package main\n\nimport "fmt"\n\nfunc main() {\n\tx := 1\n\tfmt.Println(total)\n}\n',
    },
    run: "go build ./...",
    reason: ["undefined: total"],
  },
  {
    name: "go-test",
    files: {
      "go.mod": "module example.com/demo\n\ngo 1.19\n",
      "sum.go": "package demo\n\nfunc Sum(a, b int) int { return a + b }\n",
      "sum_test.go": `package demo\n\nimport "testing"\n\n${each(25, (index) => `func TestAdds${index}(t *testing.T) {\n\tt.Log("adding")\n}\n`)}\nfunc TestTotal(t *testing.T) {\n\tif got := Sum(1, 2); got != 4 {\n\t\tt.Errorf("Sum = %d, want 4", got)\n\t}\n}\n`,
    },
    run: "go test -v ./...",
    reason: ["--- FAIL: TestTotal", "Sum = 3, want 4"],
  },
  {
    name: "go-panic",
    files: {
      "go.mod": "module example.com/demo\n\ngo 1.19\n",
      "main.go":
        'package main\n\nimport "fmt"\n\nfunc main() {\n\tvar m map[string]int\n\tfor i := 0; i < 100; i++ {\n\t\tfmt.Println("row", i)\n\t}\n\tm["a"] = 1\n}\n',
    },
    run: "go run .",
    reason: ["assignment to entry in nil map"],
  },
  {
    name: "go-vet",
    files: {
      "go.mod": "module example.com/demo\n\ngo 1.19\n",
      "main.go": 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Printf("%d\\n", "a")\n}\n',
    },
    run: "go vet ./...",
    reason: ['has arg "a" of wrong type string'],
  },
  {
    name: "gofmt",
    files: { "a.go": "package a\n\nfunc  F( ) {}\n" },
    run: 'out=$(gofmt -l .)\nif [ -n "$out" ]; then\n  echo "$out"\n  exit 1\nfi',
    reason: ["a.go"],
  },
  {
    name: "javac",
    files: {
      "Sum.java":
        "class Sum {\n  int sum(int a, int b) {\n    String s = a + b;\n    return total\n  }\n}\n",
    },
    run: "javac Sum.java",
    reason: ["Sum.java:4: error: ';' expected"],
  },
  {
    name: "java-exception",
    files: {
      "App.java":
        'public class App {\n  public static void main(String[] args) {\n    for (int i = 0; i < 100; i++) System.out.println("row " + i);\n    try { Integer.parseInt("x1"); } catch (RuntimeException e) { throw new IllegalStateException("no port in the settings", e); }\n  }\n}\n',
    },
    run: "javac App.java\njava App",
    reason: ["IllegalStateException: no port in the settings"],
  },
  {
    name: "maven-pom",
    files: {
      "pom.xml":
        "<project>\n  <modelVersion>4.0.0</modelVersion>\n  <groupId>demo</groupId>\n  <artifactId>demo</artifactId>\n</project>\n",
    },
    run: "mvn -B -o verify",
    reason: ["'version' is missing"],
  },
];
