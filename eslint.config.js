import tseslint from 'typescript-eslint';

// Only what oxlint cannot say (it runs the type-aware rules of typescript-eslint's strict set, see .oxlintrc.json): bans
// of single expressions. Without type information this takes a second or two.
export default tseslint.config(
  { ignores: ['dist', '.cache', 'node_modules', '**/*.js', '**/*.mjs', '**/*.cjs'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parser: tseslint.parser },
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Take the time from Clock.' },
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: 'Take the time from Clock.',
        },
        {
          selector: "MemberExpression[object.name='process'][property.name='env']",
          message: 'Only libs/config reads the environment.',
        },
      ],
    },
  },
  {
    files: [
      'libs/kernel/src/clock.ts',
      'libs/config/src/*.ts',
      'test/**',
      'tools/**',
      'apps/simulator/**',
      'apps/console/src/time/clock.ts',
    ],
    rules: { 'no-restricted-syntax': 'off' },
  },
);
