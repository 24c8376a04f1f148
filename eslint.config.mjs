import { defineConfig, globalIgnores } from 'eslint/config';
import { configs as lit } from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import regexp from 'eslint-plugin-regexp';
import { configs as wc } from 'eslint-plugin-wc';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Functions that turn text into HTML or code, and storage: the guarantees of docs/security.md. */
const neverDone = [
  [
    'innerHTML|outerHTML|insertAdjacentHTML|srcdoc|cookie',
    'HTML never comes in as text, and nothing is kept of a visitor.',
  ],
].map(([names, message]) => ({ selector: `MemberExpression[property.name=/^(?:${names})$/]`, message }));

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', 'release/']),
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, lit['flat/recommended'], wc['flat/best-practice']],
    plugins: { 'lit-a11y': litA11y },
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
      globals: globals.browser,
    },
    settings: { litHtmlSources: true, wc: { elementBaseClasses: ['LitElement'] } },
    rules: {
      ...litA11y.configs.recommended.rules,
      'lit-a11y/list': 'off', // Safari takes the role away with the bullets
      'lit-a11y/no-redundant-role': 'off',
      'wc/guard-super-call': 'off', // the base class has the callbacks that are called
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-eval': 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', 'DOMParser', 'localStorage', 'sessionStorage', 'indexedDB'],
      'no-restricted-syntax': ['error', ...neverDone],
      'no-console': ['error', { allow: ['warn', 'error'] }], // messages for the webmaster
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-console': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['**/*.mjs', 'demo/**/*.js'],
    extends: [tseslint.configs.recommended],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
  {
    // feeds and headers are hostile: no expression takes more than linear time
    files: ['src/**/*.ts', 'docs/relay/*.mjs', 'demo/**/*.{js,ts}'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': 'error',
      'regexp/no-super-linear-move': 'error',
    },
  },
  {
    // an interface adds types to methods that the class inherits
    files: ['src/diary-feed-element.ts'],
    rules: { '@typescript-eslint/no-unsafe-declaration-merging': 'off' },
  },
  // the apps and the types for frameworks are checked where the frameworks are: test/project/examples.test.mjs
  globalIgnores(['demo/examples/*/', 'src/frameworks/*.d.ts']),
);
