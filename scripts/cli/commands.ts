import type { Command } from './command.ts';

type Entry = { readonly summary: string; readonly load: () => Promise<{ default: Command }> };

/** Every command, in the order in which help shows them. */
export const commands: Readonly<Record<string, Entry>> = {
  start: { summary: 'Start Kontor', load: () => import('./start.ts') },
  doctor: {
    summary: 'Look whether this machine can run it, and say what is wrong',
    load: () => import('./doctor.ts'),
  },
  tree: { summary: 'Start without listening, and show what took how long', load: () => import('./tree.ts') },
  migrate: { summary: 'Bring the database up to date', load: () => import('./migrate.ts') },
  'plugins list': { summary: 'Plugins and their state', load: () => import('./plugins-list.ts') },
  'plugins plan': {
    summary: 'What enabling or disabling a plugin would do',
    load: () => import('./plugins-plan.ts'),
  },
  'plugins enable': { summary: 'Enable a plugin', load: () => import('./plugins-enable.ts') },
  'plugins disable': {
    summary: 'Disable a plugin; its data stay',
    load: () => import('./plugins-disable.ts'),
  },
  'plugins archive': {
    summary: 'Export the data of a disabled plugin',
    load: () => import('./plugins-archive.ts'),
  },
  'plugins restore': { summary: 'Bring an archive back', load: () => import('./plugins-restore.ts') },
  'plugins purge': {
    summary: 'Remove the data of an archived plugin',
    load: () => import('./plugins-purge.ts'),
  },
  'plugins check': { summary: 'Hold a plugin against every rule', load: () => import('./plugins-check.ts') },
  'stores list': { summary: 'All stores', load: () => import('./stores-list.ts') },
  'stores create': { summary: 'Open a store', load: () => import('./stores-create.ts') },
  'stores pause': { summary: 'Pause a store, or open it again', load: () => import('./stores-pause.ts') },
  'users create': { summary: 'Add a person who works here', load: () => import('./users-create.ts') },
  'users reset': { summary: 'Give a user a new password', load: () => import('./users-reset.ts') },
  'demo reset': {
    summary: 'Remove the data of the embedded database, and make the demo new',
    load: () => import('./demo-reset.ts'),
  },
  'theme new': { summary: 'Begin a theme in a folder', load: () => import('./theme-new.ts') },
  'theme check': {
    summary: 'Look through a theme in a folder, and say what is wrong',
    load: () => import('./theme-check.ts'),
  },
  'theme dev': {
    summary: 'Show a theme in a store while it is worked on',
    load: () => import('./theme-dev.ts'),
  },
  'theme package': {
    summary: 'Make the archive of a theme that stores install',
    load: () => import('./theme-package.ts'),
  },
  'theme push': {
    summary: 'Bring a theme from a folder into a store',
    load: () => import('./theme-push.ts'),
  },
  'theme pull': {
    summary: 'Bring a theme of a store into a folder',
    load: () => import('./theme-pull.ts'),
  },
  'theme preview': {
    summary: 'Make a link that shows a theme of a store',
    load: () => import('./theme-preview.ts'),
  },
  'jobs list': { summary: 'Jobs, the newest first', load: () => import('./jobs-list.ts') },
  'jobs retry': { summary: 'Run a failed job again', load: () => import('./jobs-retry.ts') },
};
