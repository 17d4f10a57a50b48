/** All that a plugin author imports. The version below is the contract that plugins declare against (`requires`). */
export const CONTRACT_VERSION = '1.0.0';

export * from './actor.ts';
export * from './administration.ts';
export * from './auth.ts';
export * from './cursor.ts';
export * from './errors.ts';
export * from './hooks.ts';
export * from './host.ts';
export * from './html.ts';
export * from './http.ts';
export * from './manifest.ts';
export * from './migrations.ts';
export * from './models.ts';
export * from './money.ts';
export * from './plugin.ts';
export * from './result.ts';
export * from './schema.ts';
export * from './services.ts';
export * from './tables.ts';
