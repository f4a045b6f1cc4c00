// `npm start --port 8961` lacks the `--` that hands options on: npm takes `--port` for a setting of its own, passes it in
// the environment as `npm_config_port=true`, and hands on the bare `8961`. `--port=8961` comes as `npm_config_port=8961`.
// Seen with npm 10 and 11; npm 11 warns that a later version will refuse it.

/** Options by name, and whether a value follows. */
export type OptionForms = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;

/**
 * The arguments as they were meant: those that npm took for itself are put back. `undefined`: it cannot be told which
 * value belongs to which option.
 */
export function withOptionsOfNpm(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  forms: OptionForms,
): readonly string[] | undefined {
  if (env.npm_lifecycle_event !== 'start') return args;
  const taken = Object.keys(forms).filter(name => env[`npm_config_${name}`] !== undefined);
  if (taken.length === 0) return args;
  const bare = args.filter(arg => !arg.startsWith('-'));
  const waiting = taken.filter(name => forms[name]?.type === 'string' && env[`npm_config_${name}`] === 'true');
  if (waiting.length > 1 || bare.length !== waiting.length) return undefined;
  const restored = taken.map(name => {
    if (forms[name]?.type === 'boolean') return `--${name}`;
    return `--${name}=${waiting.includes(name) ? bare[0] : env[`npm_config_${name}`]}`;
  });
  return [...args.filter(arg => !bare.includes(arg)), ...restored];
}
