import jsdoc from "eslint-plugin-jsdoc";
import tseslint from "typescript-eslint";

// Which room may import which, and from where providers come, is test/architecture's business: it reads better as a test.
export default tseslint.config(
  { ignores: ["**/lib/**", "**/node_modules/**", "cdktf.out/**", ".groundwork/**", "coverage/**", "bindings/**"] },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { jsdoc },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-extraneous-class": ["error", { allowStaticOnly: true }],
      // Zone letters are ASCII; spreading them is safe and says what is meant.
      "@typescript-eslint/no-misused-spread": "off",
      // Value objects print themselves; the rule does not see through unions.
      "@typescript-eslint/no-base-to-string": "off",
      "no-warning-comments": "error",
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ["constructs/**/*.ts", "stacks/**/*.ts"],
    rules: {
      complexity: ["error", 10],
      "max-lines-per-function": ["error", { max: 50, skipBlankLines: true, skipComments: true }],
      "jsdoc/require-jsdoc": [
        "error",
        { publicOnly: true, require: { ClassDeclaration: true, FunctionDeclaration: true }, checkConstructors: false },
      ],
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      // Tests look into synthesized JSON, which has no types of its own.
      "@typescript-eslint/no-unsafe-assignment": "off",
      "max-lines": "off",
    },
  },
);
