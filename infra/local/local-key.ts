/** The key that the local cloud prints: every scope, source `local`. */
export const LOCAL_KEY = 'dk_local_admin';
