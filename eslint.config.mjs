import jsdoc from "eslint-plugin-jsdoc";
import tseslint from "typescript-eslint";

const LIMITS = {
  complexity: ["error", 10],
  "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
  "max-lines-per-function": ["error", { max: 50, skipBlankLines: true, skipComments: true }],
};

const IMPORTS = {
  "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
  "no-duplicate-imports": ["error", { includeExports: false, allowSeparateTypeImports: false }],
};

// Allowed imports between directories and from providers are checked by test/architecture, where they are easier to read.
export default tseslint.config(
  {
    ignores: [
      "**/lib/**",
      "**/node_modules/**",
      "cdktf.out/**",
      ".groundwork/**",
      "coverage/**",
      "bindings/**",
      "**/*.generated.ts",
    ],
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { jsdoc },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...LIMITS,
      ...IMPORTS,
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-extraneous-class": ["error", { allowStaticOnly: true }],
      // Zone letters are ASCII, so spreading the string is safe.
      "@typescript-eslint/no-misused-spread": "off",
      // Value objects have a toString method, which the rule does not find in unions.
      "@typescript-eslint/no-base-to-string": "off",
      "no-warning-comments": "error",
    },
  },
  {
    files: ["constructs/**/*.ts", "stacks/**/*.ts"],
    rules: {
      "jsdoc/require-jsdoc": [
        "error",
        { publicOnly: true, require: { ClassDeclaration: true, FunctionDeclaration: true }, checkConstructors: false },
      ],
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      // Synthesized JSON has no types.
      "@typescript-eslint/no-unsafe-assignment": "off",
      complexity: "off",
      "max-lines": "off",
      "max-lines-per-function": "off",
    },
  },
  {
    files: ["scripts/**/*.mjs", "bench/*.mjs"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...LIMITS,
      "@typescript-eslint/ban-ts-comment": ["error", { "ts-check": false }],
      "no-duplicate-imports": "error",
      "no-warning-comments": "error",
      // JSON has no types.
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
  {
    // Checks the version of Node, so an old one must be able to parse it.
    files: ["cli/bin/*.cjs"],
    languageOptions: { ecmaVersion: 5, sourceType: "commonjs" },
  },
  {
    files: ["*.mjs", "jest.config.js", "test/**/*.js", "test/consumer/*.mjs"],
    extends: [tseslint.configs.recommended, tseslint.configs.disableTypeChecked],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
);
